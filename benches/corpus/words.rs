//! Words, sentences and titles, drawn by lot from a vocabulary that is spread as that of English is.
//!
//! The word of rank r comes about once in r (Zipf's law): first the small words of English, then words of guidance, then
//! some twenty thousand that are put together from syllables, and half of them inflected.

/// A source of numbers that look random and are the same on every machine (SplitMix64).
pub struct Dice(u64);

impl Dice {
    /// The dice of one clause of one document.
    pub fn new(document: usize, clause: usize) -> Self {
        let mut seed = Dice((document as u64) << 32 ^ clause as u64);
        Dice(seed.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 if there is none.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % (end as u64).max(1)) as usize
    }

    /// True once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of some things.
    pub fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }

    /// A number below `end`, the smaller the likelier: n comes about once in n.
    pub fn early(&mut self, end: usize) -> usize {
        let part = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let rank = ((end as f64 + 1.0).powf(part) - 1.0) as usize;
        rank.min(end.saturating_sub(1))
    }
}

const SMALL: &str = "the of to and a in that is for it as be on with by are this which or not from at have an they will \
    their should has all may been more when who what can where any must its how there other than such these each one \
    if into so would also about up some them no only time over new after through between those before under two first \
    because within our same both being does most during here then while many well made out do her his she he we you was \
    were had but your us my could did like just now too very own since until against every another few among";

const COMMON: &str = "authority child service plan board partner school need guidance health family provide support \
    people young local work care make agree report information community duty member body review set include meet help \
    assess trust public consider share fund budget use ensure area require person parent develop part take \
    arrangement outcome improve national responsible role project policy group decision consult change act record trustee \
    council department charge right standard protect train manage safeguard apply appoint account vote meeting case \
    professional social carer police justice promote deliver monitor measure evidence effective quality access inform \
    process system issue approach strategy priority term level example order form date letter notice copy document clause \
    section question answer reason place home house village hall hire booking fire safety door room key open close night \
    water garden road transport bus driver learn teach pupil college skill job wage tax rent grant loan cost price value \
    market trade office staff leader chair minister county district region city town street nurse doctor hospital clinic \
    treat visit call talk listen write read speak word language record file letter post print page number list table map \
    picture film music sport play game team club centre build repair clean paint plant tree field farm animal food eat";

const STARTS: [&str; 24] = [
    "ab", "ber", "con", "dis", "el", "for", "gra", "her", "in", "jus", "ken", "lo", "mar", "nor", "over", "pre", "qua",
    "re", "sub", "trans", "un", "ver", "wil", "car",
];
const MIDDLES: [&str; 30] = [
    "ba", "cal", "den", "fer", "gan", "hol", "li", "mis", "nec", "par", "quir", "ras", "sil", "ten", "ur", "ven",
    "war", "cep", "dol", "fic", "min", "nel", "por", "sec", "tur", "vis", "bur", "lam", "stan", "tri",
];
const ENDS: [&str; 28] = [
    "t", "le", "ner", "ton", "ch", "d", "ry", "ment", "ance", "ish", "ard", "ow", "er", "ive", "al", "ic", "age",
    "ure", "ory", "ate", "end", "ess", "ity", "ock", "ump", "ant", "om", "ell",
];
const INFLECTIONS: [&str; 8] = ["", "", "", "s", "s", "ed", "ing", "ly"];

/// Number of words before inflection.
const VOCABULARY: usize = 20_000;

/// The word of a rank.
fn word(rank: usize, dice: &mut Dice) -> String {
    thread_local! {
        static KNOWN: (Vec<&'static str>, Vec<&'static str>) =
            (SMALL.split_whitespace().collect(), COMMON.split_whitespace().collect());
    }
    KNOWN.with(|(small, common)| {
        if let Some(word) = small.get(rank) {
            return (*word).to_owned();
        }
        let rank = rank - small.len();
        let stem = match common.get(rank) {
            Some(word) => (*word).to_owned(),
            None => {
                let rank = rank - common.len();
                let (start, rest) = (rank % STARTS.len(), rank / STARTS.len());
                let (end, middle) = (rest % ENDS.len(), rest / ENDS.len());
                format!("{}{}{}", STARTS[start], MIDDLES[middle % MIDDLES.len()], ENDS[end])
            }
        };
        inflected(stem, dice.pick(&INFLECTIONS))
    })
}

fn inflected(mut stem: String, ending: &str) -> String {
    if stem.ends_with('e') && matches!(ending, "ed" | "ing") {
        stem.pop();
    }
    if stem.ends_with('y') && matches!(ending, "s" | "ed") {
        stem.pop();
        return stem + if ending == "s" { "ies" } else { "ied" };
    }
    stem + ending
}

/// Some words one after another.
pub fn phrase(dice: &mut Dice, words: usize) -> String {
    let word = |_| {
        let rank = dice.early(VOCABULARY);
        word(rank, dice)
    };
    let words: Vec<String> = (0..words).map(word).collect();
    words.join(" ")
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A sentence, and how many words it has; now and then with a comma, stress or a link.
pub fn sentence(dice: &mut Dice) -> (String, usize) {
    let count = 8 + dice.below(14);
    let half = count / 2;
    let (first, second) = (phrase(dice, half), phrase(dice, count - half));
    let between = if dice.one_in(2) { ", " } else { " " };
    let second = match dice.below(30) {
        0 => format!("*{second}*"),
        1 => format!("[{second}](https://example.org/{})", dice.below(1_000)),
        _ => second,
    };
    (format!("{}{between}{second}.", capital(&first)), count)
}

/// The words of a heading.
pub fn title(dice: &mut Dice) -> String {
    let count = 3 + dice.below(4);
    capital(&phrase(dice, count))
}
