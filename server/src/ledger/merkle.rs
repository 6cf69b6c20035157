//! The Merkle tree over the events: RFC 6962, section 2.1 (SHA-256, 0x00 before leaves, 0x01 before nodes).

use sha2::{Digest, Sha256};

pub type Hash = [u8; 32];

/// The hash of a leaf with these contents.
pub fn leaf(contents: &[u8]) -> Hash {
    let mut hash = Sha256::new();
    hash.update([0x00]);
    hash.update(contents);
    hash.finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hash = Sha256::new();
    hash.update([0x01]);
    hash.update(left);
    hash.update(right);
    hash.finalize().into()
}

/// A subtree that is full: its level and position, and its hash.
pub type Full = (u32, u64, Hash);

/// A growing tree, held as the roots of its perfect subtrees from left to right.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    size: u64,
    peaks: Vec<(u32, Hash)>,
}

impl Tree {
    /// A tree of `size` leaves from the hashes of its perfect subtrees, as `peak_places` names them.
    pub fn from_peaks(size: u64, hashes: Vec<Hash>) -> Self {
        let peaks = peak_places(size).into_iter().map(|(level, _)| level).zip(hashes).collect();
        Self { size, peaks }
    }

    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf's hash; returns every subtree that became full with it, the leaf first.
    pub fn push(&mut self, leaf: Hash) -> Vec<Full> {
        let mut position = self.size;
        let mut full = vec![(0, position, leaf)];
        let (mut level, mut hash) = (0u32, leaf);
        while self.peaks.last().is_some_and(|(l, _)| *l == level) {
            let Some((_, left)) = self.peaks.pop() else { break };
            hash = node(&left, &hash);
            level += 1;
            position >>= 1;
            full.push((level, position, hash));
        }
        self.peaks.push((level, hash));
        self.size += 1;
        full
    }

    /// The tree's head.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some((_, last)) = peaks.next() else { return Sha256::digest([]).into() };
        peaks.fold(*last, |right, (_, left)| node(left, &right))
    }
}

/// Level and position of the perfect subtrees of a tree of this size, from left to right.
pub fn peak_places(size: u64) -> Vec<(u32, u64)> {
    let mut places = Vec::new();
    let mut covered = 0u64;
    for level in (0..64).rev() {
        if size & (1 << level) != 0 {
            places.push((level, covered >> level));
            covered += 1 << level;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6962's own recursive definition.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [one] => *one,
            _ => {
                let k = (leaves.len().next_power_of_two()) / 2;
                node(&by_definition(&leaves[..k]), &by_definition(&leaves[k..]))
            }
        }
    }

    #[test]
    fn the_root_is_that_of_the_definition_at_every_size_and_after_every_restart() {
        let leaves: Vec<Hash> = (0..70u8).map(|n| leaf(&[n])).collect();
        let mut tree = Tree::default();
        let mut nodes = std::collections::HashMap::new();
        for (n, hash) in leaves.iter().enumerate() {
            assert_eq!(tree.root(), by_definition(&leaves[..n]));
            for (level, position, hash) in tree.push(*hash) {
                nodes.insert((level, position), hash);
            }
            let peaks = peak_places(tree.size()).iter().map(|place| nodes[place]).collect();
            tree = Tree::from_peaks(tree.size(), peaks);
        }
        assert_eq!(tree.root(), by_definition(&leaves));
    }
}
