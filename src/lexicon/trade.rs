//! Words and names by which a fact bears on an IT service. "Gateways", "statute" and "Dropbox" do, "carpet" does not.
//!
//! The lists in `src/playbook/` are sorted, one entry a line, in lower case, and are searched as they are:
//! `trade.txt` holds words of IT, rules, contracts and money; `products.txt` names of products; `everyday-products.txt`
//! names of products that are everyday words as well.

use super::spelling::{begins_line, holds};

/// How many words the longest name of a product has.
pub(crate) const LONGEST_NAME: usize = 3;

/// Whether `word`, in lower case, is a word of the trade.
pub(crate) fn is_trade_word(word: &str) -> bool {
    holds(include_str!("../playbook/trade.txt"), word)
}

/// Whether `name`, in lower case, is the name of a product, however it is written.
pub(crate) fn is_product(name: &str) -> bool {
    holds(include_str!("../playbook/products.txt"), name)
}

/// Whether `name`, in lower case, is the name of a product where it is written as a name.
pub(crate) fn is_everyday_product(name: &str) -> bool {
    holds(include_str!("../playbook/everyday-products.txt"), name)
}

/// How many of `words`, in lower case, are the name of a product of several words; 0 where they begin with none.
pub(crate) fn product_of_several<'w>(words: impl Iterator<Item = &'w str>) -> usize {
    let mut name = String::new();
    let mut found = 0;
    for (count, word) in (1..=LONGEST_NAME).zip(words) {
        if count > 1 {
            name.push(' ');
        }
        name.push_str(word);
        if !begins_line(include_str!("../playbook/products.txt"), &name) {
            break;
        }
        if count > 1 && is_product(&name) {
            found = count;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{is_everyday_product, is_product, is_trade_word, product_of_several};

    #[test]
    fn words_by_which_a_fact_bears_on_a_service() {
        for word in ["gateway", "firmware", "statute", "licences"] {
            assert!(is_trade_word(word), "{word}");
        }
        for word in ["carpet", "decision", "jubilee", "management", ""] {
            assert!(!is_trade_word(word), "{word}");
        }
    }

    #[test]
    fn names_of_products() {
        assert!(is_product("dropbox") && is_product("solid edge"));
        assert!(is_everyday_product("box") && !is_product("box"));
        assert_eq!(product_of_several(["google", "workspace", "until"].into_iter()), 2);
        assert_eq!(product_of_several(["brick", "in"].into_iter()), 0);
        assert!(!is_product("hamburg") && !is_everyday_product("hamburg"));
    }

    #[test]
    fn the_lists_are_sorted() {
        let lists = [
            include_str!("../playbook/trade.txt"),
            include_str!("../playbook/products.txt"),
            include_str!("../playbook/everyday-products.txt"),
        ];
        for list in lists {
            assert!(list.lines().is_sorted() && list.lines().all(|line| line == line.trim() && !line.is_empty()));
        }
    }
}
