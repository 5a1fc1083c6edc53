//! Compact JSON, as `serde_json` writes it. Most of a listing is strings that need no escapes, which this finds out in large steps
//! instead of byte by byte. Everything else but the brackets is left to `serde_json`.

#[cfg(test)]
mod tests;
mod text;

use serde::Serialize;
use serde::ser::{
    Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::{Error, Result};

use self::text::write_text;

/// Appends a value as JSON.
pub(super) fn write_json<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) -> Result<()> {
    value.serialize(Json { out })
}

/// The place of a value.
struct Json<'a> {
    out: &'a mut Vec<u8>,
}

impl<'a> Json<'a> {
    fn begin(self, start: u8, end: &'static [u8]) -> Values<'a> {
        self.out.push(start);
        Values { out: self.out, is_first: true, end }
    }

    /// Begins the object of an enum's variant, whose only field has the name of the variant.
    fn begin_variant(self, name: &str) -> Result<Self> {
        self.out.push(b'{');
        write_text(self.out, name)?;
        self.out.push(b':');
        Ok(self)
    }
}

/// The values between two brackets.
struct Values<'a> {
    out: &'a mut Vec<u8>,
    is_first: bool,
    end: &'static [u8],
}

impl Values<'_> {
    fn separate(&mut self) {
        if !self.is_first {
            self.out.push(b',');
        }
        self.is_first = false;
    }

    fn add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.separate();
        write_json(self.out, value)
    }

    fn add_field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<()> {
        self.separate();
        write_text(self.out, name)?;
        self.out.push(b':');
        write_json(self.out, value)
    }

    fn finish(self) {
        self.out.extend_from_slice(self.end);
    }
}

/// Leaves values of these types to `serde_json`.
macro_rules! plain {
    ($($method:ident: $type:ty),* $(,)?) => {
        $(fn $method(self, value: $type) -> Result<()> {
            serde_json::to_writer(self.out, &value)
        })*
    };
}

impl<'a> Serializer for Json<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Values<'a>;
    type SerializeTuple = Values<'a>;
    type SerializeTupleStruct = Values<'a>;
    type SerializeTupleVariant = Values<'a>;
    type SerializeMap = Values<'a>;
    type SerializeStruct = Values<'a>;
    type SerializeStructVariant = Values<'a>;

    plain! {
        serialize_bool: bool, serialize_char: char, serialize_f32: f32, serialize_f64: f64,
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
        serialize_bytes: &[u8],
    }

    fn serialize_str(self, text: &str) -> Result<()> {
        write_text(self.out, text)
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        write_text(self.out, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        let Json { out } = self.begin_variant(variant)?;
        write_json(out, value)?;
        out.push(b'}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Values<'a>> {
        Ok(self.begin(b'[', b"]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Values<'a>> {
        Ok(self.begin(b'[', b"]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Values<'a>> {
        Ok(self.begin(b'[', b"]"))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Values<'a>> {
        Ok(self.begin_variant(variant)?.begin(b'[', b"]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Values<'a>> {
        Ok(self.begin(b'{', b"}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Values<'a>> {
        Ok(self.begin(b'{', b"}"))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Values<'a>> {
        Ok(self.begin_variant(variant)?.begin(b'{', b"}}"))
    }
}

/// Implements a trait of values without names.
macro_rules! unnamed {
    ($($name:ident: $method:ident),*) => {
        $(impl $name for Values<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
                self.add(value)
            }

            fn end(self) -> Result<()> {
                self.finish();
                Ok(())
            }
        })*
    };
}

unnamed! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
}

/// Implements a trait of the fields of a struct.
macro_rules! named {
    ($($name:ident),*) => {
        $(impl $name for Values<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
                self.add_field(name, value)
            }

            fn end(self) -> Result<()> {
                self.finish();
                Ok(())
            }
        })*
    };
}

named!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Values<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.separate();
        let start = self.out.len();
        write_json(self.out, key)?;
        if self.out.get(start) == Some(&b'"') { Ok(()) } else { Err(Error::custom("key must be a string")) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.out.push(b':');
        write_json(self.out, value)
    }

    fn end(self) -> Result<()> {
        self.finish();
        Ok(())
    }
}
