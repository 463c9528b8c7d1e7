import Testing

// What other gRPC implementations make of Vigil, and Vigil of them: the cases of gRPC's interoperability tests and what
// those leave out, with grpcio and C++ gRPC as clients and as servers, directly and through a gateway in a process of its
// own, in cleartext and over TLS.
//
// Everything runs one after the other on one set of processes, the ``TestBed``. What comes of it stands in RESULTS.md.

@Suite(.serialized, .testBed)
enum Interop {}
