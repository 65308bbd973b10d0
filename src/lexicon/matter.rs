//! What words are a matter of: whether a fact can bear on a service at all. The lists are data in `src/playbook`:
//! `trade.txt` (words of technology, law, money, people and projects by which a fact bears on a service), `products.txt`
//! (products and vendors) and `product_names.txt` (those whose names are everyday words, and which need their capital).

use super::spelling::english::{begins_line, holds};

const TRADE: &str = include_str!("../playbook/trade.txt");
const PRODUCTS: &str = include_str!("../playbook/products.txt");
const PRODUCT_NAMES: &str = include_str!("../playbook/product_names.txt");

/// How many words the name of a product has at most.
const LONGEST_NAME: usize = 3;

/// Whether `word`, in lower case, is a word of the trade.
pub(crate) fn is_of_trade(word: &str) -> bool {
    holds(TRADE, word)
}

/// Whether `word`, in lower case, names a product; one whose name is an everyday word has to have its capital.
pub(crate) fn is_product(word: &str, has_capital: bool) -> bool {
    holds(PRODUCTS, word) || has_capital && holds(PRODUCT_NAMES, word)
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
        if !begins_line(PRODUCTS, &name) {
            break;
        }
        if count > 1 && holds(PRODUCTS, &name) {
            found = count;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_in_lower_case() {
        for list in [TRADE, PRODUCTS, PRODUCT_NAMES] {
            let words: Vec<&str> = list.lines().collect();
            assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(words.iter().all(|word| word.trim() == *word && word.to_lowercase() == *word && !word.is_empty()));
            assert!(words.iter().all(|word| holds(list, word)));
        }
    }

    #[test]
    fn words_of_the_trade_and_products_are_told_from_everyday_words() {
        assert!(["firewall", "renewal", "licences", "regulator"].into_iter().all(is_of_trade));
        assert!(!["furnace", "lantern", "choir", "reasons"].into_iter().any(is_of_trade));
        assert!(is_product("nextcloud", false) && is_product("slack", true) && !is_product("slack", false));
        assert_eq!(product_of_several(["google", "workspace", "until"].into_iter()), 2);
        assert_eq!(product_of_several(["brick", "in"].into_iter()), 0);
    }
}
