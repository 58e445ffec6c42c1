"""Who may ask what: tokens, consent, mailboxes, and Microsoft's contract."""

from collections.abc import Sequence
from http import HTTPStatus

from localgraph.contract import BATCH, microsofts
from localgraph.log import Call
from localgraph.operations import ENTRA, OPERATIONS, OUTLOOK, TEAMS, Operation, methods_of
from localgraph.wire import Refused

DENIED = {
    OUTLOOK: ("ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    ENTRA: ("Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
    TEAMS: ("Forbidden", "Missing role permissions on the request."),
}
ALL_PERMISSIONS = frozenset().union(*(each.permissions for each in OPERATIONS.values()))


class Gate:
    """`consented` are the application permissions an administrator said yes to."""

    def __init__(self, *, mailboxes: Sequence[str]) -> None:
        self.mailboxes = {mailbox.lower() for mailbox in mailboxes}
        self.consented = set(ALL_PERMISSIONS)
        self.tokens: set[str] | None = None
        """Which tokens hold; None: every one."""
        self._contract = microsofts()

    def consent_only(self, *permissions: str) -> None:
        self.consented = set(permissions)

    def withdraw(self, permission: str) -> None:
        self.consented.discard(permission)

    def allows(self, op: str) -> bool:
        return bool(OPERATIONS[op].permissions & self.consented)

    def identify(self, call: Call) -> None:
        """Want a token.

        :raises Refused: 401 without one that holds.
        """
        scheme, _, token = call.asked.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise _unknown("Access token is empty.")
        if self.tokens is not None and token not in self.tokens:
            raise _unknown("Lifetime validation failed, the token is expired.")

    def check_contract(self, call: Call, operation: Operation | None) -> None:
        """Hold a request against Microsoft's contract.

        :raises Refused: 404, 405 or 400.
        """
        if operation is None and call.op != BATCH:
            known = methods_of(call.path)
            call.violations = [f"no such operation: {call.method} {call.path}"]
            status = HTTPStatus.METHOD_NOT_ALLOWED if known else HTTPStatus.NOT_FOUND
            raise Refused(status, "ResourceNotFound", "Resource not found for the segment.")
        call.violations = self._contract.request(call.op, call.asked)
        if call.violations:
            in_body = all(not each.startswith(("query", "header")) for each in call.violations)
            code = "RequestBodyRead" if in_body else "BadRequest"
            raise Refused(HTTPStatus.BAD_REQUEST, code, "; ".join(call.violations))

    def check_consent(self, call: Call, operation: Operation) -> None:
        """Want an administrator's yes, and a mailbox that is in the app's scope.

        :raises Refused: 403.
        """
        code, message = DENIED[operation.service]
        if not self.allows(operation.name):
            raise Refused(HTTPStatus.FORBIDDEN, code, message)
        if call.mailbox is not None and self.mailboxes and call.mailbox not in self.mailboxes:
            raise Refused(HTTPStatus.FORBIDDEN, code, message)


def _unknown(why: str) -> Refused:
    return Refused(
        HTTPStatus.UNAUTHORIZED,
        "InvalidAuthenticationToken",
        why,
        headers={"WWW-Authenticate": 'Bearer realm="", error="invalid_token"'},
    )
