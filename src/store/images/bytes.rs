//! Numbers and pieces of a file's bytes, read in order and never past their end.

/// The reason for a file that ends too early.
pub(super) const CUT_OFF: &str = "it is cut off";

/// What is left to read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn rest(&self) -> &'b [u8] {
        self.rest
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'b [u8], String> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(CUT_OFF)?;
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn array<const COUNT: usize>(&mut self) -> Result<[u8; COUNT], String> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(CUT_OFF)?;
        self.rest = rest;
        Ok(*taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, String> {
        self.array().map(|[byte]| byte)
    }

    /// Two bytes, the higher first.
    pub(super) fn be16(&mut self) -> Result<u16, String> {
        self.array().map(u16::from_be_bytes)
    }

    /// Four bytes, the highest first.
    pub(super) fn be32(&mut self) -> Result<u32, String> {
        self.array().map(u32::from_be_bytes)
    }

    /// Two bytes, the lower first.
    pub(super) fn le16(&mut self) -> Result<u16, String> {
        self.array().map(u16::from_le_bytes)
    }

    /// Three bytes, the lowest first.
    pub(super) fn le24(&mut self) -> Result<u32, String> {
        self.array()
            .map(|[low, middle, high]| u32::from_le_bytes([low, middle, high, 0]))
    }

    /// Four bytes, the lowest first.
    pub(super) fn le32(&mut self) -> Result<u32, String> {
        self.array().map(u32::from_le_bytes)
    }
}
