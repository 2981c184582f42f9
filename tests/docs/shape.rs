//! What serde knows of a type, read off the code that reads it: its variants and fields, what each of them takes, and
//! which must be there.
//!
//! Deserializing from nothing: a [`Probe`] follows a path into the type, notes what is asked for at its end, and stops.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer,
    MapAccess, SeqAccess, VariantAccess, Visitor,
};

type Error = serde::de::value::Error;

/// What a type, or a part of one, is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A value without parts: `text`, `true or false`, `whole number`, `number`, or nothing at all.
    Plain(&'static str),
    /// Any number of these.
    List(Box<Self>),
    /// These, in order.
    Tuple(Vec<Self>),
    /// One of the variants of this enum.
    OneOf(&'static str),
    /// The fields of this struct.
    Record(&'static str),
}

/// A field of a struct or of a variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
}

/// What stands in a variant.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Nothing,
    Value(Shape),
    Fields(Vec<Field>),
}

/// Everything that can be reached from a type.
#[derive(Debug, Default)]
pub struct Shapes {
    pub enums: BTreeMap<&'static str, Vec<(&'static str, Content)>>,
    pub records: BTreeMap<&'static str, Vec<Field>>,
}

/// All that can be reached from `T`.
pub fn shapes<T: DeserializeOwned>() -> Shapes {
    let mut shapes = Shapes::default();
    shapes.shape::<T>(&mut Vec::new());
    shapes
}

impl Shapes {
    fn shape<T: DeserializeOwned>(&mut self, path: &mut Vec<Step>) -> Shape {
        match seen_at::<T>(path, None) {
            Seen::Plain(word) => Shape::Plain(word),
            Seen::List => Shape::List(Box::new(self.at::<T>(path, Step::Item(0)))),
            Seen::Tuple(length) => {
                Shape::Tuple((0..length).map(|item| self.at::<T>(path, Step::Item(item))).collect())
            }
            Seen::Fields(name, fields) => {
                if !self.records.contains_key(name) {
                    self.records.insert(name, Vec::new());
                    let fields = self.fields::<T>(path, fields);
                    self.records.insert(name, fields);
                }
                Shape::Record(name)
            }
            Seen::Variants(name, variants) => {
                if !self.enums.contains_key(name) {
                    self.enums.insert(name, Vec::new());
                    for variant in variants {
                        path.push(Step::Variant(variant));
                        let content = match seen_at::<T>(path, None) {
                            Seen::Unit => Content::Nothing,
                            Seen::VariantFields(fields) => {
                                Content::Fields(self.fields::<T>(path, fields))
                            }
                            _ => Content::Value(self.shape::<T>(path)),
                        };
                        path.pop();
                        self.enums.get_mut(name).unwrap().push((variant, content));
                    }
                }
                Shape::OneOf(name)
            }
            Seen::Unit => Shape::Plain("nothing"),
            Seen::VariantFields(_) | Seen::Required(_) => panic!("{path:?} is a variant's content"),
        }
    }

    fn at<T: DeserializeOwned>(&mut self, path: &mut Vec<Step>, step: Step) -> Shape {
        path.push(step);
        let shape = self.shape::<T>(path);
        path.pop();
        shape
    }

    fn fields<T: DeserializeOwned>(
        &mut self,
        path: &mut Vec<Step>,
        names: &'static [&'static str],
    ) -> Vec<Field> {
        let mut fields = Vec::new();
        for name in names {
            let required = match seen_at::<T>(path, Some(name)) {
                Seen::Required(required) => required,
                other => panic!("{path:?} has no fields: {other:?}"),
            };
            let shape = self.at::<T>(path, Step::Field(name));
            fields.push(Field { name, shape, required });
        }
        fields
    }
}

/// A step into a type. Options, boxes and newtypes are passed through.
#[derive(Clone, Copy, Debug)]
enum Step {
    Item(usize),
    Variant(&'static str),
    Field(&'static str),
}

/// What was asked for at the end of a path.
#[derive(Clone, Debug)]
enum Seen {
    Plain(&'static str),
    List,
    Tuple(usize),
    Fields(&'static str, &'static [&'static str]),
    Variants(&'static str, &'static [&'static str]),
    Unit,
    VariantFields(&'static [&'static str]),
    /// Whether the field that was left out is missed.
    Required(bool),
}

fn seen_at<T: DeserializeOwned>(path: &[Step], without: Option<&'static str>) -> Seen {
    let seen = RefCell::new(None);
    let outcome = T::deserialize(Probe { path, without, seen: &seen });
    let seen = seen.into_inner();
    seen.unwrap_or_else(|| panic!("nothing was asked for at {path:?}: {:?}", outcome.err()))
}

#[derive(Clone, Copy)]
struct Probe<'a> {
    path: &'a [Step],
    without: Option<&'static str>,
    seen: &'a RefCell<Option<Seen>>,
}

impl Probe<'_> {
    /// Notes what is asked for, and stops.
    fn note<T>(self, seen: Seen) -> Result<T, Error> {
        assert!(self.path.is_empty(), "{seen:?} has no part {:?}", self.path);
        *self.seen.borrow_mut() = Some(seen);
        Err(Error::custom("seen"))
    }

    /// Reads all fields but one from nothing, and notes whether it is missed.
    fn leave_out<'de, V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        left_out: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let fields = fields.iter().filter(|field| **field != left_out);
        let outcome =
            visitor.visit_map(Fields { names: fields.copied().collect(), content: Blank });
        self.note(Seen::Required(outcome.is_err()))
    }

    fn into_items<'de, V: Visitor<'de>>(self, visitor: V, seen: Seen) -> Result<V::Value, Error> {
        match self.path {
            [Step::Item(item), rest @ ..] => {
                visitor.visit_seq(Items { probe: Probe { path: rest, ..self }, before: *item })
            }
            _ => self.note(seen),
        }
    }
}

macro_rules! plain {
    ($word:literal: $($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            self.note(Seen::Plain($word))
        }
    )*};
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    plain!("true or false": deserialize_bool);
    plain!("whole number": deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64);
    plain!("whole number": deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64);
    plain!("number": deserialize_f32 deserialize_f64);
    plain!("text": deserialize_char deserialize_str deserialize_string deserialize_identifier);
    plain!("bytes": deserialize_bytes deserialize_byte_buf);
    plain!("anything": deserialize_any deserialize_ignored_any);

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        self.note(Seen::Unit)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: V,
    ) -> Result<V::Value, Error> {
        self.note(Seen::Unit)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.into_items(visitor, Seen::List)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.into_items(visitor, Seen::Tuple(length))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.into_items(visitor, Seen::Tuple(length))
    }

    fn deserialize_map<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        self.note(Seen::Plain("map"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match (self.path, self.without) {
            ([Step::Field(field), rest @ ..], _) => visitor
                .visit_map(Fields { names: vec![field], content: Probe { path: rest, ..self } }),
            (_, Some(left_out)) => self.leave_out(fields, left_out, visitor),
            _ => self.note(Seen::Fields(name, fields)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.path {
            [Step::Variant(variant), rest @ ..] => visitor
                .visit_enum(OneVariant { name: variant, content: Probe { path: rest, ..self } }),
            _ => self.note(Seen::Variants(name, variants)),
        }
    }
}

impl<'de> VariantAccess<'de> for Probe<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        self.note(Seen::Unit)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        self.into_items(visitor, Seen::Tuple(length))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match (self.path, self.without) {
            ([Step::Field(field), rest @ ..], _) => visitor
                .visit_map(Fields { names: vec![field], content: Probe { path: rest, ..self } }),
            (_, Some(left_out)) => self.leave_out(fields, left_out, visitor),
            _ => self.note(Seen::VariantFields(fields)),
        }
    }
}

/// A variant, and what is in it.
struct OneVariant<D> {
    name: &'static str,
    content: D,
}

impl<'de, D: VariantAccess<'de, Error = Error>> EnumAccess<'de> for OneVariant<D> {
    type Error = Error;
    type Variant = D;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, D), Error> {
        let name: StrDeserializer<'_, Error> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self.content))
    }
}

/// The fields of a struct, the last first, each with the same in it.
struct Fields<D> {
    names: Vec<&'static str>,
    content: D,
}

impl<'de, D: Deserializer<'de, Error = Error> + Copy> MapAccess<'de> for Fields<D> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some(name) = self.names.pop() else { return Ok(None) };
        let name: StrDeserializer<'_, Error> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(self.content)
    }
}

/// A list or tuple of blanks, as far as the item that is probed.
struct Items<'a> {
    probe: Probe<'a>,
    before: usize,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        match self.before.checked_sub(1) {
            Some(before) => {
                self.before = before;
                seed.deserialize(Blank).map(Some)
            }
            None => seed.deserialize(self.probe).map(Some),
        }
    }
}

/// Some value of any type: 0, an empty text, an empty list, nobody, the first variant.
#[derive(Clone, Copy)]
struct Blank;

impl<'de> Deserializer<'de> for Blank {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("there is no blank of anything"))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(false)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u8(0)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u32(0)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(0)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f32(0.0)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str("")
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str("")
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(BlankItems(0))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(BlankItems(length))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Fields { names: fields.to_vec(), content: Blank })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(OneVariant { name: variants[0], content: Blank })
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u16 u128 f64 char bytes byte_buf unit unit_struct tuple_struct map identifier
        ignored_any
    }
}

impl<'de> VariantAccess<'de> for Blank {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(BlankItems(length))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Fields { names: fields.to_vec(), content: Blank })
    }
}

/// So many blanks.
struct BlankItems(usize);

impl<'de> SeqAccess<'de> for BlankItems {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(left) = self.0.checked_sub(1) else { return Ok(None) };
        self.0 = left;
        seed.deserialize(Blank).map(Some)
    }
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "only its shape is read")]
struct Sample {
    list: Vec<(u32, String)>,
    #[serde(default)]
    maybe: Option<Box<Choice>>,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "only its shape is read")]
enum Choice {
    None,
    Deeper(Box<Sample>),
    Named { here: bool, there: f32 },
}

#[test]
fn shapes_are_read_off_a_type() {
    let Shapes { enums, records } = shapes::<Sample>();
    let pair = Shape::Tuple(vec![Shape::Plain("whole number"), Shape::Plain("text")]);
    let field = |name, shape, required| Field { name, shape, required };
    assert_eq!(
        records["Sample"],
        [
            field("list", Shape::List(Box::new(pair)), true),
            field("maybe", Shape::OneOf("Choice"), false)
        ]
    );
    let named = vec![
        field("here", Shape::Plain("true or false"), true),
        field("there", Shape::Plain("number"), true),
    ];
    assert_eq!(
        enums["Choice"],
        [
            ("None", Content::Nothing),
            ("Deeper", Content::Value(Shape::Record("Sample"))),
            ("Named", Content::Fields(named))
        ]
    );
}
