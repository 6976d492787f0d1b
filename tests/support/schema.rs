//! The schemas that the project publishes, to hold output against.

use std::path::Path;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

/// A schema of the folder `schema`.
pub struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
    pub source: Value,
}

impl Schema {
    pub fn read(name: &str) -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(name);
        let source: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource(name, source.clone()).unwrap();
        let index = compiler.compile(name, &mut schemas).unwrap_or_else(|e| panic!("{name} is no schema: {e}"));
        Schema { schemas, index, source }
    }

    /// What the schema has against a value; empty where it has nothing.
    pub fn complaints(&self, value: &Value) -> String {
        self.schemas.validate(value, self.index).err().map_or_else(String::new, |e| format!("{e:#}"))
    }
}
