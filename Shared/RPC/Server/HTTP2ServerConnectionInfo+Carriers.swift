import GRPCTransport

extension HTTP2ServerConnectionInfo: DeadlineCarrier {}
extension HTTP2ServerConnectionInfo: PeerCertificateCarrier {}
