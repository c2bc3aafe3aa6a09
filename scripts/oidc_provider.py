#!/usr/bin/env python3
"""A real OpenID Connect provider for tests: pyop behind Python's own HTTP server, on this machine only.

Prints its issuer when it listens. What a test may change while it runs is under /control: `redirect`, `secret`,
`groups` and `rotate`. Everybody in it is invented. Never for use.
"""
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from Cryptodome.PublicKey import RSA
from jwkest.jwk import RSAKey
from pyop.authz_state import AuthorizationState
from pyop.exceptions import InvalidAuthenticationRequest, InvalidClientAuthentication, OAuthError
from pyop.provider import Provider
from pyop.subject_identifier import HashBasedSubjectIdentifierFactory
from pyop.userinfo import Userinfo

PEOPLE = {
    "noor": {"name": "Noor Example", "preferred_username": "noor@northshire.example", "groups": ["/holdfast/analysts"]},
    "ola": {"name": "Ola Example", "preferred_username": "ola@northshire.example", "groups": []},
}
CLIENTS = {"holdfast": {"client_secret": "an-invented-secret", "redirect_uris": [], "response_types": ["code"],
                        "token_endpoint_auth_method": "client_secret_basic"}}


def new_key(number):
    return RSAKey(key=RSA.generate(2048), alg="RS256", use="sig", kid=f"key-{number}")


def claims_of(person, _client):
    return dict(PEOPLE[person], auth_time=int(time.time()), amr=["pwd", "mfa"])


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    provider = None
    keys = 1

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", kind="application/json", **headers):
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def json(self, value, status=200):
        self.answer(status, json.dumps(value).encode())

    def do_GET(self):
        place = urlsplit(self.path)
        if place.path == "/.well-known/openid-configuration":
            self.json(self.provider.provider_configuration.to_dict())
        elif place.path == "/keys":
            self.json(self.provider.jwks)
        elif place.path == "/authorise":
            self.authorise(place.query)
        elif place.path == "/leave":
            self.answer(302, Location=parse_qs(place.query)["post_logout_redirect_uri"][0])
        else:
            self.answer(404)

    def authorise(self, query):
        person = parse_qs(query).get("as", [""])[0]
        try:
            asked = self.provider.parse_authentication_request(query)
            if asked.get("code_challenge_method") != "S256":
                raise InvalidAuthenticationRequest("PKCE is required", asked, oauth_error="invalid_request")
        except InvalidAuthenticationRequest as error:
            return self.answer(400, str(error).encode(), "text/plain")
        if person not in PEOPLE:
            return self.answer(200, self.choice(query), "text/html; charset=utf-8")
        answer = self.provider.authorize(asked, person)
        self.answer(302, Location=answer.request(asked["redirect_uri"], False))

    @staticmethod
    def choice(query):
        fields = "".join(f'<input type="hidden" name="{name}" value="{value[0]}">'
                         for name, value in parse_qs(query).items())
        buttons = "".join(f'<button name="as" value="{person}">{person}</button>' for person in PEOPLE)
        return (f'<!doctype html><html lang="en"><title>Who are you?</title><h1>Who are you?</h1>'
                f'<form action="/authorise">{fields}{buttons}</form></html>').encode()

    def do_POST(self):
        place = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if place.path == "/token":
            self.token(body)
        elif place.path.startswith("/control/"):
            self.control(place.path.split("/")[2], {name: values[0] for name, values in parse_qs(body).items()})
        else:
            self.answer(404)

    def token(self, body):
        try:
            tokens = self.provider.handle_token_request(
                body, {"Authorization": self.headers.get("Authorization", "")}, claims_of)
            self.json(tokens.to_dict())
        except InvalidClientAuthentication:
            self.json({"error": "invalid_client"}, 401)
        except OAuthError as error:
            self.json({"error": error.oauth_error}, 400)

    def control(self, what, said):
        if what == "redirect":
            CLIENTS["holdfast"]["redirect_uris"] = [said["uri"]]
        elif what == "secret":
            CLIENTS["holdfast"]["client_secret"] = said["secret"]
        elif what == "groups":
            PEOPLE[said["person"]]["groups"] = [group for group in said.get("groups", "").split(" ") if group]
        elif what == "rotate":
            Answers.keys += 1
            self.provider.signing_key = new_key(Answers.keys)
        self.json({"done": what})


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    issuer = f"http://127.0.0.1:{server.server_port}"
    configuration = {
        "issuer": issuer, "authorization_endpoint": f"{issuer}/authorise", "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/keys", "end_session_endpoint": f"{issuer}/leave", "scopes_supported": ["openid", "profile"],
        "response_types_supported": ["code"], "subject_types_supported": ["pairwise"],
        "code_challenge_methods_supported": ["S256"], "token_endpoint_auth_methods_supported": ["client_secret_basic"]}
    # pyop takes https only, rightly; on this machine itself there is no certificate.
    Answers.provider = Provider(
        new_key(1), {name: said.replace("http:", "https:") if isinstance(said, str) else said
                     for name, said in configuration.items()},
        AuthorizationState(HashBasedSubjectIdentifierFactory("invented salt")), CLIENTS, Userinfo(PEOPLE))
    for name, said in configuration.items():
        Answers.provider.configuration_information[name] = said
    print(issuer, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
