//! Common words of English, which search takes for no slip of another word.
//!
//! Holds a filter (Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970) that
//! knows every word that it was made from, and takes one in seventy of all others for known. It was
//! made from the small lists of American and British English of SCOWL (copyright 2000-2011 by Kevin
//! Atkinson, free to copy with this notice) by the test `make` below. The script in the browser
//! reads the same; `code.rs` tells how.

use super::code::digits;

/// The filter.
const FILTER: &[u8] = include_bytes!("dictionary.bin");

/// Number of bits that each word sets.
#[cfg(test)]
const BITS: u32 = 6;

/// Number of parts of equal length, each a filter of its own: a reader's slip loads one.
const PARTS: usize = 16;

/// Returns the parts as files of the index hold them: six bits a character.
pub(super) fn filters() -> Vec<String> {
    FILTER.chunks(FILTER.len().div_ceil(PARTS)).map(digits).collect()
}

/// The part that a word is in, and its bits in a part of so many bits.
#[cfg(test)]
fn bits(word: &str, length: u32) -> (usize, impl Iterator<Item = u32>) {
    // FNV-1a, by Fowler, Noll and Vo.
    let hash = |seed: u32| word.bytes().fold(seed, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let (first, step) = (hash(0x811c_9dc5), hash(0x1234_5679) | 1);
    // The first four bits.
    (step as usize >> 28, (0..BITS).map(move |n| first.wrapping_add(step.wrapping_mul(n)) % length))
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the tests read lists of words, and one writes the filter")]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;
    use std::{env, fs};

    use super::{FILTER, PARTS, bits, filters};

    /// Words of Welsh that readers of papers in Wales may type.
    const WELSH: &str = "addysg ariannu arian athro athrawon awdurdod awdurdodau barn bechgyn blaenoriaeth bobl brawd bwrdd bwyd \
        bywyd cadeirydd canllaw canllawiau canol canolfan cartref chwaer chwarae chwilio cefnogaeth cenedlaethol cyfarfod cyfarfodydd \
        cyfarwyddwr cyfle cyfraith cyfrifoldeb cyfrifol cyhoeddus cyllid cyllideb cymorth cymraeg cymru cymuned cymunedol cyngor \
        cynghorydd cynllun cynlluniau cynnydd cyrff cysylltu cytundeb data datblygu deddf diogel diogelu disgybl dogfen drafft dros \
        dyletswydd dysgu ardal arfer arolwg arweinydd asesu eglwys elusen ffordd ffurflen galw gofal gofalwyr gwaith gwasanaeth \
        gwasanaethau gweithio gwella gwlad gwybodaeth haf heddlu hawl hawliau help hyfforddi ieuenctid iaith iechyd ifanc iau \
        llais lles lleol llyfr llywodraeth mabwysiadu mamau merched meddyg myfyriwr newid nodyn nyrs oed oedolion oedran paragraff \
        partner partneriaid partneriaeth person personol plant plentyn pobl polisi prosiect pryder pwyllgor rhaglen rhan rhannu rhieni \
        rhiant safon sector sefydliad sgiliau statudol swydd swyddfa swyddog tadau tai targed teulu teuluoedd tlodi trosedd tystiolaeth \
        ymddiriedolaeth ymgynghori ysbyty ysgol ysgolion ysgrifennydd ystod";

    fn has(filter: &[u8], word: &str) -> bool {
        let size = filter.len() / PARTS;
        let (part, mut bits) = bits(word, u32::try_from(size * 8).unwrap());
        bits.all(|bit| filter[part * size + bit as usize / 8] >> (bit % 8) & 1 == 1)
    }

    /// The words of Debian's lists, and of the file that `WORDS` names.
    fn lists() -> BTreeSet<String> {
        let mut words: BTreeSet<String> = WELSH.split_whitespace().map(str::to_owned).collect();
        let folder = env::var("WORDS").unwrap_or_else(|_| "/usr/share/dict".to_owned());
        for list in ["american-english-small", "british-english-small"] {
            let Ok(text) = fs::read_to_string(Path::new(&folder).join(list)) else { continue };
            let plain = text.lines().filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()));
            words.extend(plain.filter(|word| word.len() > 3).map(str::to_owned));
        }
        words
    }

    #[test]
    fn common_words_are_known_and_slips_are_not() {
        for word in ["plant", "cure", "junk", "laws", "removing", "resolving", "kids", "cynllun", "pobl"] {
            assert!(has(FILTER, word), "{word}");
        }
        let slips = ["aprenticeships", "speach", "regenaration", "substanses", "holisitc", "comissioning", "goverment"];
        assert!(slips.iter().filter(|slip| has(FILTER, slip)).count() < 2);
        assert_eq!((filters().len(), FILTER.len() % PARTS), (PARTS, 0));
        let words = lists();
        if words.len() < 1000 {
            println!("there is no list of words here to compare the filter with");
        }
        assert_eq!(words.iter().filter(|word| !has(FILTER, word)).collect::<Vec<_>>(), Vec::<&String>::new());
    }

    /// `WORDS=FOLDER cargo test --lib make_the_filter -- --ignored`
    #[test]
    #[ignore = "it writes the filter"]
    fn make_the_filter() {
        let words = lists();
        // Nine bits a word.
        let size = words.len() * 9 / 8 / PARTS;
        let mut filter = vec![0_u8; size * PARTS];
        for word in &words {
            let (part, bits) = bits(word, u32::try_from(size * 8).unwrap());
            for bit in bits {
                filter[part * size + bit as usize / 8] |= 1 << (bit % 8);
            }
        }
        fs::write("src/search/dictionary.bin", filter).unwrap();
        println!("{} words", words.len());
    }
}
