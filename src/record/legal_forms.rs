//! The legal forms of companies, as data: `Contoso`, `Contoso Ltd.` and `Contoso, Inc.` are one customer.
//!
//! Entries are in the form that names are brought into: lower case, without dots, spaces and other marks, letters that
//! look Latin as Latin ones. `S.A. de C.V.` is `sadecv`. Words that tell companies of one name apart, such as `group`,
//! `holding` or `bank`, are no legal forms.

/// What stands at the end of a name.
#[rustfmt::skip]
pub(super) const LAST: &[&str] = &[
    "ab", "ag", "aps", "as", "asa", "aş", "bhd", "bv", "cic", "co", "company", "corp", "corporation", "cv", "dac", "doo",
    "eirl", "ek", "eood", "ev", "fzco", "fze", "fzllc", "gbr", "gesmbh", "ggmbh", "gmbh", "gmbhcokg", "hf", "inc",
    "incorporated", "jsc", "kft", "kg", "kgaa", "kk", "lda", "limited", "limitedcompany", "llc", "lllp", "llp", "lp",
    "ltd", "ltda", "ltdşti", "mbh", "nv", "nyrt", "ohg", "ojsc", "ood", "oy", "oyj", "oü", "pjsc", "plc", "pllc",
    "privatelimited", "pte", "pteltd", "pty", "ptyltd", "publiclimitedcompany", "pvt", "pvtltd", "sa", "sab", "sabdecv",
    "sadecv", "sae", "sal", "sapidecv", "sarl", "sas", "sasu", "sau", "scs", "sdnbhd", "se", "sl", "slu", "snc", "spa",
    "spj", "spk", "spzoo", "srl", "sro", "tbk", "ug", "ulc", "vof", "wll", "zrt",
    "有限会社", "有限公司", "有限责任公司", "株", "株式会社", "股份有限公司", "주식회사",
];

/// What stands before a name.
#[rustfmt::skip]
pub(super) const FIRST: &[&str] = &[
    "3ao", "ao", "kk", "oao", "ooo", "pao", "pt", "sia", "uab", "zao", "пао", "有限会社", "株", "株式会社", "주식회사",
];

/// Words of legal forms that are written out, and the short ones that mean the same.
pub(super) const SHORT: &[(&str, &str)] = &[
    ("3ao", "zao"),
    ("company", "co"),
    ("corporation", "corp"),
    ("gesmbh", "gmbh"),
    ("incorporated", "inc"),
    ("kk", "株式会社"),
    ("limited", "ltd"),
    ("mbh", "gmbh"),
    ("plc", "publicltdco"),
    ("private", "pvt"),
    ("株", "株式会社"),
    ("пао", "pao"),
];

/// Words that are no name by themselves: what stands before a legal form is not left as one of these.
pub(super) const NO_NAMES: &[&str] = &["der", "die", "la", "le", "the"];

/// The most words of a legal form, each letter of `S.A.B. de C.V.` being one.
pub(super) const MOST_WORDS: usize = 6;
