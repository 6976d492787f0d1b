//! The records of passages as a part of the engine's segments: written with them, and merged with them.

use std::any::Any;
use std::io;
use std::path::PathBuf;

use tantivy::directory::{TerminatingWrite, WritePtr};
use tantivy::index::SegmentComponent;
use tantivy::indexer::DocIdMapping;
use tantivy::plugin::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};
use tantivy::schema::Schema;
use tantivy::schema::document::ErasedDocument;
use tantivy::{DocId, Segment, SegmentReader, TantivyError};

use crate::engine::records::packing::Packer;
use crate::engine::records::passage::Passage;
use crate::engine::records::{EXTENSION, Records, Unpacker};

/// Records of fewer bytes are packed anew in a merge: their dictionaries would be a large part of what is copied.
const LEAST_COPIED_BYTES: usize = 4 << 20;

/// Keeps the records of passages.
pub struct RecordsPlugin;

impl SegmentPlugin for RecordsPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, context: &PluginWriterContext<'_>) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(RecordsWriter { packer: Packer::new(file_of(context.segment)?)? }))
    }

    fn merge(&self, context: PluginMergeContext<'_>) -> tantivy::Result<()> {
        let mut packer = Packer::new(file_of(context.target_segment)?)?;
        let unpacker = Unpacker::new().map_err(TantivyError::InternalError)?;
        for segment in context.readers {
            // The engine checks no file that it reads. What a merge writes has a sum of its own, which would hide that it was
            // made of damage.
            let file = PathBuf::from(format!("{}.{EXTENSION}", segment.segment_id().uuid_string()));
            if !context.target_segment.index().directory().validate_checksum(&file)? {
                return Err(corrupt("the file of its records has changed".to_owned()));
            }
            let records = Records::open(segment)?;
            // Where any has been taken out, dictionaries are learnt anew from what is left.
            let copied = !segment.has_deletes()
                && records.packed_bytes() >= LEAST_COPIED_BYTES
                && packer.copy(&records).map_err(damaged)?;
            if !copied {
                pack_anew(segment, &records, &unpacker, &mut packer)?;
            }
        }
        Ok(packer.finish()?.terminate()?)
    }
}

/// The file of a segment's records, to be written.
fn file_of(segment: &Segment) -> tantivy::Result<WritePtr> {
    Ok(segment.open_write(SegmentComponent::Custom(EXTENSION.to_owned()))?)
}

fn pack_anew(
    segment: &SegmentReader,
    records: &Records,
    unpacker: &Unpacker,
    packer: &mut Packer<WritePtr>,
) -> tantivy::Result<()> {
    let mut left = segment.doc_ids_alive().peekable();
    for (doc, packed) in (0..).zip(records.all_packed()) {
        if left.next_if_eq(&doc).is_some() {
            packer.add(&unpacker.unpack(records, packed).map_err(corrupt)?)?;
        }
    }
    if left.peek().is_some() { Err(corrupt("a passage has no record".to_owned())) } else { Ok(()) }
}

/// Where what is read, and not what is written, is at fault.
fn damaged(error: io::Error) -> TantivyError {
    match error.kind() {
        io::ErrorKind::InvalidData => corrupt("the file of its records is not whole".to_owned()),
        _ => error.into(),
    }
}

fn corrupt(reason: String) -> TantivyError {
    tantivy::error::DataCorruption::comment_only(reason).into()
}

struct RecordsWriter {
    packer: Packer<WritePtr>,
}

impl PluginWriter for RecordsWriter {
    fn add_document(&mut self, _: DocId, document: &dyn ErasedDocument, _: &Schema) -> tantivy::Result<()> {
        let passage = document.as_any().downcast_ref::<Passage>();
        let passage = passage.ok_or_else(|| TantivyError::InternalError("a document is no passage".to_owned()))?;
        Ok(self.packer.add(&passage.record)?)
    }

    fn serialize(self: Box<Self>, _: &Segment, _: Option<&DocIdMapping>) -> tantivy::Result<()> {
        Ok(self.packer.finish()?.terminate()?)
    }

    fn mem_usage(&self) -> usize {
        self.packer.memory()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
