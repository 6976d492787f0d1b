//! Zip files: what makes one a document, and their faults in words for the user.

use zip::result::ZipError;

/// The part that makes a zip a DOCX.
pub(crate) const DOCX_PART: &str = "word/document.xml";

/// The part that makes a zip an ODT, where it also says its type.
pub(crate) const ODT_PART: &str = "content.xml";

/// The part by which an ODT says its type.
pub(crate) const TYPE_PART: &str = "mimetype";

/// A zip's fault in words for the user.
pub(crate) fn reason_of_zip(e: &ZipError) -> String {
    match e {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            "encrypted; unpack it with its password first".into()
        }
        ZipError::UnsupportedArchive(what) => format!("a zip of a kind that is not read ({what}); unpack it first"),
        ZipError::FileNotFound => "a part that this document must have is not in it".into(),
        other => format!("a damaged or truncated zip: {other}"),
    }
}
