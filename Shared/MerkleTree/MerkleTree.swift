/// Module `MerkleTree`: an append-only log that its readers can check (RFC 9162, section 2.1).
///
/// It owns the hashing of leaves and nodes, the growing tree, inclusion and consistency proofs with their
/// verification, and signed tree heads. It is pure: who keeps the nodes, and where, is the caller's. It may
/// import Crypto only, so that the same code builds the log in the access-control service and checks it in
/// a Member State's client.
package enum MerkleTree {}
