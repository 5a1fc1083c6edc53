//! Pairs of schemas, with the lines that tell their differences.

use super::Pair;
use super::Used::{Both, Request, Response};

pub(super) const COMPOSITIONS: &[Pair] = &[
    (
        Response,
        "Item: { allOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }, Dog: { type: object }, Cat: { type: object, properties: { n: { type: string } } }",
        "Item: { allOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }, Dog: { type: object }, Cat: { type: object, properties: { n: { type: string, nullable: true } } }",
        &["breaking Item.n can now be null (in responses)"],
    ),
    (
        Request,
        "Item: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: integer }] }, Cat: { type: object, properties: { name: { type: string } } }",
        "Item: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: integer }] }, Cat: { type: object, required: [name], properties: { name: { type: string } } }",
        &["breaking Cat.name is now required (in requests)"],
    ),
    (
        Response,
        "Item: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { type: integer }] }, Cat: { type: object, required: [name], properties: { name: { type: string } } }",
        "Item: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { type: integer }] }, Cat: { type: object, properties: { name: { type: string } } }",
        &["breaking Cat.name is no longer required (in responses)"],
    ),
    (
        Request,
        "Item: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: string }] }, Cat: { type: object, properties: { lives: { type: number } } }",
        "Item: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: string }] }, Cat: { type: object, properties: { lives: { type: number, maximum: 9 } } }",
        &["breaking Cat.lives the maximum was none and is 9 (in requests)"],
    ),
    (
        Response,
        "Item: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { type: string }] }, Cat: { type: object, properties: { lives: { type: integer } } }",
        "Item: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { type: string }] }, Cat: { type: object, properties: { lives: { type: string } } }",
        &["breaking Cat.lives the type was `integer` and is `string` (in responses)"],
    ),
    (
        Response,
        "Item: { allOf: [{ $ref: '#/components/schemas/Base' }], properties: { note: { type: string } } }, Base: { type: object, properties: { id: { type: string } } }",
        "Item: { allOf: [{ $ref: '#/components/schemas/Base' }], properties: { note: { type: string } } }, Base: { type: object, properties: { id: { nullable: true, type: string } } }",
        &["breaking Item.id can now be null (in responses)"],
    ),
    (
        Request,
        "Item: { properties: { v: { type: string, anyOf: [{ maxLength: 9 }, { pattern: '^a' }] } } }",
        "Item: { properties: { v: { type: string, anyOf: [{ maxLength: 3 }, { pattern: '^a' }, { pattern: '^b' }] } } }",
        &[
            "breaking Item.v, anyOf `{\"maxLength\":3}` the maxLength was 9 and is 3 (in requests)",
            "additive Item.v `{\"pattern\":\"^b\"}` was added to the anyOf (in requests)",
        ],
    ),
    (
        Request,
        "Item: { oneOf: [{ $ref: '#/components/schemas/Cat' }], discriminator: { propertyName: kind } }, Cat: { type: object, properties: { kind: { type: string }, race: { type: string } } }",
        "Item: { oneOf: [{ $ref: '#/components/schemas/Cat' }], discriminator: { propertyName: race } }, Cat: { type: object, properties: { kind: { type: string }, race: { type: string } } }",
        &["breaking Item the property of the discriminator was `kind` and is `race`"],
    ),
    (
        Both,
        "Item: { allOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }] }",
        "Item: { type: object, properties: { a: { type: string }, b: { type: string } } }",
        &[],
    ),
    (
        Both,
        "Item: { type: object, properties: { title: { type: string }, pages: { type: integer } } }",
        "Item: { allOf: [{ $ref: '#/components/schemas/Titled' }, { type: object, properties: { pages: { type: integer } } }] }, Titled: { type: object, properties: { title: { type: string } } }",
        &[],
    ),
    (
        Both,
        "Item: { allOf: [{ $ref: '#/components/schemas/Lite' }, { type: object, properties: { pages: { type: integer }, lang: { type: string } } }] }, Lite: { type: object, properties: { title: { type: string } } }",
        "Item: { allOf: [{ $ref: '#/components/schemas/Lite' }, { type: object, properties: { lang: { type: string } } }] }, Lite: { type: object, properties: { title: { type: string }, pages: { type: integer } } }",
        &[],
    ),
    (
        Request,
        "Item: { allOf: [{ type: object, description: one, properties: { a: { type: string } } }, { type: object, description: two, properties: { b: { type: string } } }] }",
        "Item: { allOf: [{ type: object, description: '2', properties: { b: { type: string } } }, { type: object, description: '1', properties: { a: { type: string } } }] }",
        &["documentation Item the description was changed"],
    ),
    (
        Both,
        "Item: { type: object, properties: { n: { anyOf: [{ type: string }] } } }",
        "Item: { type: object, properties: { n: { type: string } } }",
        &[],
    ),
];

pub(super) const PROPERTIES: &[Pair] = &[
    (
        Request,
        "Item: { allOf: [{ type: object, properties: { title: { type: string, maxLength: 40 } } }, { type: object }] }",
        "Item: { allOf: [{ type: object, properties: { title: { type: string, maxLength: 4 } } }, { type: object }] }",
        &["breaking Item.title the maxLength was 40 and is 4 (in requests)"],
    ),
    (
        Response,
        "Item: { type: object, properties: { k: { type: string } } }",
        "Item: { type: object, properties: { k: { type: string, writeOnly: true } } }",
        &["breaking Item.k is now writeOnly: responses no longer have it (in responses)"],
    ),
    (
        Both,
        "Item: { type: object, properties: { id: { type: string, readOnly: true } } }",
        "Item: { type: object, required: [id], properties: { id: { type: string, readOnly: true } } }",
        &["additive Item.id is now required (in responses)"],
    ),
    (
        Both,
        "Item: { type: object, properties: { id: { type: string, readOnly: true, maxLength: 40 } } }",
        "Item: { type: object, properties: { id: { type: string, readOnly: true, maxLength: 4 } } }",
        &["additive Item.id the maxLength was 40 and is 4 (in responses)"],
    ),
    (
        Both,
        "Item: { type: object }",
        "Item: { type: object, required: [id], properties: { id: { type: string, readOnly: true } } }",
        &["additive Item.id was added (in responses)"],
    ),
    (
        Both,
        "Item: { type: object, properties: { n: { type: string } } }",
        "Item: { type: object, required: [n], properties: { n: { type: string } } }",
        &["breaking Item.n is now required (in requests)", "additive Item.n is now required (in responses)"],
    ),
    (
        Response,
        "Item: { type: array, items: { type: object, properties: { x: { type: string }, y: { type: string } } } }",
        "Item: { type: array, items: { type: object, properties: { x: { type: string } } } }",
        &["breaking Item[].y was removed (in responses)"],
    ),
    (
        Response,
        "Item: { type: object, properties: { a: { type: string } } }, E: { type: string, enum: [a] }",
        "Item: { type: object, properties: { a: { type: string }, e: { $ref: '#/components/schemas/E' } } }, E: { type: string, enum: [a, b] }",
        &["additive Item.e was added (in responses)"],
    ),
    (
        Request,
        "Item: { type: object, properties: { a: { type: string, enum: [a, b, c, d, e, f] } } }",
        "Item: { type: object, properties: { a: { type: string, enum: [a] } } }",
        &["breaking Item.a the values `b`, `c`, `d`, `e`, `f` were removed (in requests)"],
    ),
];

pub(super) const LIMITS: &[Pair] = &[
    (
        Request,
        "Item: { type: integer, maximum: 9 }",
        "Item: { type: integer, maximum: 9, exclusiveMaximum: true }",
        &["breaking Item the maximum was 9 and is 9 (exclusive) (in requests)"],
    ),
    (
        Request,
        "Item: { type: array, items: { type: string } }",
        "Item: { type: array, uniqueItems: true, items: { type: string } }",
        &["breaking Item now has to have different items (in requests)"],
    ),
    (
        Both,
        "Item: { properties: { rank: { type: integer, readOnly: true, maximum: 100 } } }",
        "Item: { properties: { rank: { type: integer, readOnly: true, maximum: 50, multipleOf: 5 } } }",
        &[
            "additive Item.rank the maximum was 100 and is 50 (in responses)",
            "additive Item.rank the multipleOf was none and is 5 (in responses)",
        ],
    ),
    (Request, "Item: { type: string }", "Item: { type: string, minLength: 0 }", &[]),
    (Both, "Item: { type: object }", "Item: { type: object, additionalProperties: {} }", &[]),
    (
        Request,
        "Item: { type: string }",
        "Item: { type: string, format: nickname }",
        &["notice Item the format was none and is `nickname` (in requests)"],
    ),
    (
        Response,
        "Item: { type: string, format: nickname }",
        "Item: { type: string }",
        &["notice Item the format was `nickname` and is none (in responses)"],
    ),
    (
        Both,
        "Item: { type: integer }",
        "Item: { type: number }",
        &[
            "breaking Item the type was `integer` and is `number` (in responses)",
            "additive Item the type was `integer` and is `number` (in requests)",
        ],
    ),
    (
        Both,
        "Item: { type: number }",
        "Item: { type: integer }",
        &[
            "breaking Item the type was `number` and is `integer` (in requests)",
            "additive Item the type was `number` and is `integer` (in responses)",
        ],
    ),
    (
        Request,
        "Item: { type: string }",
        "Item: { description: any }",
        &[
            "additive Item the type was `string` and is none (in requests)",
            "documentation Item the description was changed",
        ],
    ),
    (
        Response,
        "Item: { properties: { a: { type: string } } }",
        "Item: { type: object, properties: { a: { type: string } } }",
        &["additive Item the type was none and is `object` (in responses)"],
    ),
];
