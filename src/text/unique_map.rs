//! Maps read from a file, without duplicate keys: a second one would otherwise be accepted silently.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// The entries of a map, in the file's order, no key twice.
pub(crate) struct UniqueMap<K, V>(pub(crate) Vec<(K, V)>);

impl<K, V> Default for UniqueMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, K, V> Deserialize<'de> for UniqueMap<K, V>
where
    K: Deserialize<'de> + Ord + Clone + fmt::Display,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Rows<K, V>(PhantomData<(K, V)>);
        impl<'de, K, V> Visitor<'de> for Rows<K, V>
        where
            K: Deserialize<'de> + Ord + Clone + fmt::Display,
            V: Deserialize<'de>,
        {
            type Value = UniqueMap<K, V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut rows: Vec<(K, V)> = Vec::new();
                // Casebook writes keys in order; only a file in another order pays for a set.
                let mut seen: Option<BTreeSet<K>> = None;
                while let Some(key) = map.next_key::<K>()? {
                    if seen.is_none() && rows.last().is_some_and(|(last, _)| *last >= key) {
                        seen = Some(rows.iter().map(|(key, _)| key.clone()).collect());
                    }
                    if let Some(seen) = &mut seen
                        && !seen.insert(key.clone())
                    {
                        return Err(A::Error::custom(format_args!("the key {key} is there twice")));
                    }
                    rows.push((key, map.next_value()?));
                }
                Ok(UniqueMap(rows))
            }
        }
        from.deserialize_map(Rows(PhantomData))
    }
}

/// Reads a sorted map, no key twice: for `deserialize_with`.
pub(crate) fn once_each<'de, K, V, D>(from: D) -> Result<BTreeMap<K, V>, D::Error>
where
    K: Deserialize<'de> + Ord + Clone + fmt::Display,
    V: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Ok(UniqueMap::deserialize(from)?.0.into_iter().collect())
}
