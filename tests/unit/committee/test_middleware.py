import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse

from committee.middleware import client_address, private_pages, request_log, upload_limit
from committee.request_context import current_request


class TestClientAddress:
    @pytest.mark.parametrize(
        ("proxies", "peer", "forwarded", "expected"),
        [
            (0, "192.0.2.9", "198.51.100.1", "192.0.2.9"),
            (1, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
            (1, "10.0.0.1", "203.0.113.66, 198.51.100.1", "198.51.100.1"),
            (2, "10.0.0.1", "203.0.113.66, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
            (2, "10.0.0.1", "198.51.100.1", "10.0.0.1"),
            (1, "10.0.0.1", "", "10.0.0.1"),
            (1, "10.0.0.1", "198.51.100.1:5555", "198.51.100.1"),
            (1, "10.0.0.1", "[2001:db8::1]:5555", "2001:db8::1"),
            (1, "10.0.0.1", "<script>", None),
            (0, "", "", None),
        ],
    )
    def test_only_what_our_own_proxies_wrote_counts(self, rf, settings, proxies, peer, forwarded, expected):
        settings.PROXIES = proxies
        assert (
            client_address(rf.get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": forwarded})) == expected
        )


class TestRequestLog:
    def answer(self, rf, **headers):
        seen = []

        def view(request):
            seen.append(current_request())
            return HttpResponse()

        return request_log(view)(rf.get("/", headers=headers)), seen[0]

    def test_an_id_is_made_and_sent_back(self, rf):
        response, context = self.answer(rf)
        assert len(context.request_id) == 32
        assert response["X-Request-ID"] == context.request_id
        assert context.address == "127.0.0.1"

    def test_a_plain_id_is_kept(self, rf):
        response, _ = self.answer(rf, **{"X-Request-ID": "proxy-1234.5"})
        assert response["X-Request-ID"] == "proxy-1234.5"

    @pytest.mark.parametrize("wrong", ["short", "x" * 65, "with space", "a\nline-break", "<script>alert"])
    def test_any_other_id_is_not(self, rf, wrong):
        response, _ = self.answer(rf, **{"X-Request-ID": wrong})
        assert response["X-Request-ID"] != wrong

    def test_nothing_is_left_after_the_request(self, rf):
        self.answer(rf)
        assert current_request() is None


class TestUploadLimit:
    def test_small_enough(self, rf, settings):
        settings.UPLOAD_LIMIT = 1000
        assert upload_limit(lambda request: HttpResponse())(rf.post("/", {"a": "b"})).status_code == 200

    def test_too_large(self, rf, settings):
        settings.UPLOAD_LIMIT = 1000
        request = rf.post("/", {"a": "b" * 1000})
        with pytest.raises(RequestDataTooBig):
            upload_limit(lambda request: HttpResponse())(request)
        assert request.read() == b""  # dropped, so that the browser gets to read the answer


class TestPrivatePages:
    class Somebody:
        is_authenticated = True

    def test_pages_of_signed_in_users_are_kept_out_of_caches(self, rf):
        request = rf.get("/")
        request._cached_user = self.Somebody()
        response = private_pages(lambda request: HttpResponse())(request)
        assert "no-store" in response["Cache-Control"]

    def test_public_pages_are_not(self, rf):
        assert "Cache-Control" not in private_pages(lambda request: HttpResponse())(rf.get("/"))
