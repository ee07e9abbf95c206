//! Marks and words that tell comments, strings and keywords of a language from its other code.
//!
//! Holds a row for each language that is highlighted, or for a family of languages that are alike
//! in this. Knows no grammar: a reader of guidance should see which words are a comment, and not
//! what a compiler makes of them.

/// Text that begins a string, and text that ends it.
pub struct Quote {
    /// Text on both sides.
    pub mark: &'static str,
    /// Whether a backslash keeps the mark after it within the string.
    pub escapes: bool,
    /// Whether the string may go on in the next line.
    pub lines: bool,
}

/// The place of the names that a language gives values to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// None that is shown.
    None,
    /// Before `=` at the start of a line, and in square brackets on a line of their own.
    Equals,
    /// Before `:` at the start of a line.
    Colon,
    /// A string before `:`.
    Quoted,
    /// The first word of a line.
    First,
    /// Names of tags and of their attributes.
    Tags,
}

/// One language, or several that are alike.
pub struct CodeLanguage {
    /// Names by which authors call it, in lower case.
    pub names: &'static [&'static str],
    /// Marks after which the rest of a line is a comment.
    pub line: &'static [&'static str],
    /// Marks between which there is a comment.
    pub block: Option<(&'static str, &'static str)>,
    /// Marks of strings, longer ones first.
    pub quotes: &'static [Quote],
    /// Place of its keys.
    pub keys: Keys,
    /// Whether the case of its words does not count.
    pub any_case: bool,
    /// Keywords, parted by spaces.
    pub keywords: &'static str,
}

const fn quote(mark: &'static str, escapes: bool, lines: bool) -> Quote {
    Quote { mark, escapes, lines }
}

const BOTH: &[Quote] = &[quote("\"", true, false), quote("'", true, false)];
const DOUBLE: &[Quote] = &[quote("\"", true, true)];
const SCRIPT: &[Quote] = &[quote("\"", true, false), quote("'", true, false), quote("`", true, true)];
const TRIPLE: &[Quote] =
    &[quote("\"\"\"", true, true), quote("'''", true, true), quote("\"", true, false), quote("'", true, false)];
const SHELL: &[Quote] = &[quote("\"", true, true), quote("'", false, true)];
const SLASHES: (&[&str], Option<(&str, &str)>) = (&["//"], Some(("/*", "*/")));

/// A language whose comments are those of C.
const fn like_c(names: &'static [&'static str], quotes: &'static [Quote], keywords: &'static str) -> CodeLanguage {
    CodeLanguage { names, line: SLASHES.0, block: SLASHES.1, quotes, keys: Keys::None, any_case: false, keywords }
}

/// A language whose comments begin with a mark and end with the line.
const fn like_shell(
    names: &'static [&'static str],
    line: &'static [&'static str],
    quotes: &'static [Quote],
    keys: Keys,
    keywords: &'static str,
) -> CodeLanguage {
    CodeLanguage { names, line, block: None, quotes, keys, any_case: false, keywords }
}

/// Words that stand for a value in one language or another.
pub const CONSTANTS: [&str; 6] = ["true", "false", "null", "nil", "none", "undefined"];

/// Words that stand for a value in settings.
pub const SWITCHES: [&str; 4] = ["yes", "no", "on", "off"];

/// Words after which a name is given to something.
pub const NAMING: [&str; 17] = [
    "fn",
    "def",
    "function",
    "func",
    "fun",
    "class",
    "struct",
    "enum",
    "trait",
    "interface",
    "type",
    "mod",
    "module",
    "namespace",
    "impl",
    "union",
    "sub",
];

/// Every language.
pub const LANGUAGES: [CodeLanguage; 18] = [
    like_c(
        &["rust", "rs"],
        DOUBLE,
        "as async await break const continue crate dyn else enum extern fn for if impl in let loop
         macro_rules match mod move mut pub ref return self Self static struct super trait type union
         unsafe use where while yield",
    ),
    like_c(
        &["c", "h", "cpp", "c++", "cc", "hpp", "objc", "cuda", "glsl"],
        BOTH,
        "auto bool break case catch char class const constexpr continue default delete do double else
         enum explicit extern float for friend goto if inline int long namespace new noexcept nullptr
         operator private protected public return short signed sizeof static struct switch template this
         throw try typedef typename union unsigned using virtual void volatile while",
    ),
    like_c(
        &["java", "kotlin", "kt", "scala", "groovy", "cs", "c#", "csharp", "dart"],
        TRIPLE,
        "abstract as async await base boolean break byte case catch char class companion const continue
         data def default do double else enum extends final finally float for foreach fun get if
         implements import in instanceof int interface internal is lazy long match namespace new object
         open override package private protected public readonly record return sealed set static string
         struct super switch this throw throws trait try type using val var virtual void when where while
         with yield",
    ),
    like_c(
        &["javascript", "js", "jsx", "mjs", "typescript", "ts", "tsx"],
        SCRIPT,
        "abstract as async await break case catch class const continue debugger declare default delete do
         else enum export extends finally for from function get if implements import in instanceof
         interface keyof let namespace new of private protected public readonly return set static super
         switch this throw try type typeof var void while with yield",
    ),
    like_c(
        &["go", "golang"],
        SCRIPT,
        "break case chan const continue default defer else fallthrough for func go goto if import
         interface map package range return select struct switch type var",
    ),
    like_c(
        &["swift"],
        TRIPLE,
        "actor as associatedtype async await break case catch class continue default defer do else enum
         extension fileprivate for func guard if import in init inout internal is let mutating open
         operator override private protocol public repeat rethrows return self Self static struct
         subscript super switch throw throws try typealias var where while",
    ),
    like_c(
        &["php"],
        BOTH,
        "abstract array as break case catch class clone const continue default do echo else elseif
         extends final finally fn for foreach function global if implements include interface match
         namespace new print private protected public readonly require return static switch throw trait
         try use var while yield",
    ),
    like_c(&["css", "scss", "less"], BOTH, "important media supports import charset keyframes"),
    like_shell(
        &["python", "py", "python3", "starlark"],
        &["#"],
        TRIPLE,
        Keys::None,
        "and as assert async await break class continue def del elif else except finally for from global
         if import in is lambda match nonlocal not or pass raise return try while with yield",
    ),
    like_shell(
        &["ruby", "rb", "elixir", "ex", "crystal", "julia", "r", "perl"],
        &["#"],
        BOTH,
        Keys::None,
        "alias and begin break case class def defmodule defp do else elsif end ensure fn for function if
         in module my next not or package raise repeat rescue return self sub super then unless until use
         when while yield",
    ),
    like_shell(
        &["sh", "bash", "zsh", "shell", "fish", "dockerfile", "makefile", "make"],
        &["#"],
        SHELL,
        Keys::None,
        "case do done elif else esac export fi for function if in local readonly return select set then
         until while ADD CMD COPY ENTRYPOINT ENV EXPOSE FROM RUN USER WORKDIR",
    ),
    like_shell(&["toml", "ini", "cfg", "properties"], &["#", ";"], TRIPLE, Keys::Equals, ""),
    like_shell(&["yaml", "yml"], &["#"], BOTH, Keys::Colon, ""),
    like_shell(&["nginx", "apache", "conf", "apacheconf"], &["#"], BOTH, Keys::First, ""),
    like_shell(
        &["haskell", "hs", "elm", "lua", "ada", "vhdl"],
        &["--"],
        DOUBLE,
        Keys::None,
        "and begin case class data deriving do else elseif end for forall function if import in infix
         instance let local module newtype not of or procedure repeat return then type until where while",
    ),
    CodeLanguage {
        names: &["sql", "postgres", "postgresql", "mysql", "sqlite"],
        line: &["--"],
        block: SLASHES.1,
        quotes: BOTH,
        keys: Keys::None,
        any_case: true,
        keywords: "add all alter and as asc between by case check column constraint create cross database default
         delete desc distinct drop else end exists foreign from full group having if in index inner
         insert into is join key left like limit not offset on or order outer primary references
         returning right select set table then union unique update using values view when where with",
    },
    CodeLanguage {
        names: &["json", "json5", "jsonc"],
        line: &["//"],
        block: SLASHES.1,
        quotes: BOTH,
        keys: Keys::Quoted,
        any_case: false,
        keywords: "",
    },
    CodeLanguage {
        names: &["html", "xml", "svg", "xhtml", "vue", "htm", "epub"],
        line: &[],
        block: Some(("<!--", "-->")),
        quotes: &[quote("\"", false, true), quote("'", false, true)],
        keys: Keys::Tags,
        any_case: false,
        keywords: "",
    },
];
