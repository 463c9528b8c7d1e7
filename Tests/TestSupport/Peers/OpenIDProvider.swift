package import TLS

/// An OpenID Connect issuer of another make (oidc-provider-mock, on Authlib), over TLS, with what its own lacks: it holds
/// clients to PKCE (RFC 7636), and can be told to misbehave.
///
/// It lets anybody sign in as whoever they say they are; what is tested is whoever takes its word.
package actor OpenIDProvider {
  /// What the next token that it gives is changed in, before it is signed anew.
  package enum Change: Sendable {
    /// Claims in the place of its own, as JSON.
    case claims(String)
    /// Another algorithm: `none`, or `HS256` with the public key for a secret.
    case algorithm(String)
    /// A key that it does not publish, under an id that it does or does not.
    case key(id: String?)
  }

  package nonisolated let issuer: String
  private let process: PythonProcess

  /// - Parameter tls: of `localhost`.
  package init(tls: TLSFiles) async throws {
    guard let identity = tls.identity else { throw PeerError("an issuer needs a certificate") }
    process = try await PythonProcess(Self.script, arguments: [identity.certificateChain, identity.privateKey])
    guard let port = await process.line() else {
      throw PeerError("the issuer did not start: is oidc-provider-mock there?")
    }
    issuer = "https://localhost:\(port)"
  }

  /// Signs somebody in as a browser does, with more claims than the name, as JSON.
  ///
  /// - Returns: where the browser is sent then.
  package func signIn(_ subject: String, claims: String = "{}", at address: String) async throws -> String {
    try await ask("sign-in \(subject)", address, claims)
  }

  /// Goes where it is sent, as a browser does.
  ///
  /// - Returns: the status of the answer.
  package func visit(_ address: String) async throws -> String { try await ask("visit", address) }

  /// The next token is changed.
  package func change(_ change: Change) async throws {
    switch change {
    case .claims(let json): _ = try await ask("claims", json)
    case .algorithm(let name): _ = try await ask("algorithm", name)
    case .key(let id): _ = try await ask("key", id ?? "-")
    }
  }

  /// Has another key from now on, and no longer the one before.
  package func rotateKey() async throws { _ = try await ask("rotate") }

  /// Whether it answers with anything but errors.
  package func answers(_ isUp: Bool) async throws { _ = try await ask(isUp ? "up" : "down") }

  /// How often its keys were read.
  package func countOfKeyReads() async throws -> Int { Int(try await ask("reads")) ?? 0 }

  private func ask(_ lines: String...) async throws -> String {
    for line in lines { try process.send(line) }
    guard let answer = await process.line() else { throw PeerError("the issuer has ended") }
    return answer
  }

  private static let script = #"""
    import base64, hashlib, json, sys, threading, urllib.request, warnings
    from urllib.parse import parse_qs, urlparse
    warnings.simplefilter("ignore")
    import flask, oidc_provider_mock, werkzeug.serving
    from authlib import jose
    from oidc_provider_mock._storage import User

    chain, private_key = sys.argv[1:]
    app = oidc_provider_mock.app()
    is_down, reads, change, challenges = False, 0, {}, {}

    def decoded(part):
        return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))

    def encoded(value):
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    def storage():
        return flask.g.oidc_provider_mock_storage

    # A JSON Web Token of this issuer, changed as it was told to.
    def changed(token):
        claims = {**decoded(token.split(".")[1]), **change.get("claims", {})}
        key = storage().jwk
        header = {"alg": change.get("algorithm", "RS256"), "kid": key.thumbprint()}
        if "key" in change:
            key = jose.RSAKey.generate_key(2048, is_private=True)
            if change["key"] != "-":
                header["kid"] = change["key"]
        if header["alg"] == "none":
            return encoded(header) + "." + encoded(claims) + "."
        if header["alg"] == "HS256":
            import hmac
            signed = encoded(header) + "." + encoded(claims)
            secret = key.as_pem(is_private=False)
            return signed + "." + encoded(hmac.digest(secret, signed.encode(), "sha256"))
        return jose.JsonWebSignature(["RS256"]).serialize_compact(header, json.dumps(claims).encode(), key).decode()

    @app.before_request
    def before():
        global reads
        if is_down:
            flask.abort(503)
        if flask.request.path == "/jwks":
            reads += 1
        if flask.request.path == "/oauth2/token":
            verifier = flask.request.form.get("code_verifier", "")
            digest = hashlib.sha256(verifier.encode()).digest()
            if challenges.get(flask.request.form.get("code")) != encoded(digest):
                return {"error": "invalid_grant"}, 400

    @app.after_request
    def after(response):
        global change
        if flask.request.path == "/oauth2/authorize" and "location" in response.headers:
            code = parse_qs(urlparse(response.headers["location"]).query)["code"][0]
            assert flask.request.args["code_challenge_method"] == "S256"
            challenges[code] = flask.request.args["code_challenge"]
        if flask.request.path == "/oauth2/token" and response.status_code == 200:
            body = response.get_json()
            body["id_token"] = changed(body["id_token"])
            change = {}
            response.set_data(json.dumps(body))
        return response

    server = werkzeug.serving.make_server(
        "127.0.0.1", 0, app, threaded=True, ssl_context=(chain, private_key))
    base = f"https://localhost:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    import logging
    logging.disable(logging.CRITICAL)
    print(server.server_port)

    def sign_in(subject, address, claims):
        with app.test_request_context(base_url=base):
            app.preprocess_request()
            storage().store_user(User(sub=subject, claims=claims))
        place = urlparse(address)
        response = app.test_client().post(f"{place.path}?{place.query}", base_url=base, data={"sub": subject})
        return response.headers.get("location") or f"{response.status_code}"

    def visit(address):
        try:
            return urllib.request.urlopen(address).status
        except urllib.error.HTTPError as error:
            return error.code

    def read():
        return sys.stdin.readline().rstrip("\n")

    for line in sys.stdin:
        word, *rest = line.split()
        answer = "done"
        if word == "sign-in":
            answer = sign_in(rest[0], read(), json.loads(read()))
        elif word == "visit":
            answer = visit(read())
        elif word == "claims":
            change["claims"] = json.loads(read())
        elif word in ("algorithm", "key"):
            change[word] = read()
        elif word == "rotate":
            with app.test_request_context(base_url=base):
                app.preprocess_request()
                storage().jwk = jose.RSAKey.generate_key(2048, is_private=True)
        elif word in ("up", "down"):
            is_down = word == "down"
        elif word == "reads":
            answer = reads
        print(answer)
    """#
}
