"""Mail: a JSON message or a whole MIME message, sent from a mailbox."""

import base64
import binascii
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from http import HTTPStatus

from localgraph.outbox import Outbox
from localgraph.wire import Answer, Asked, Json, Refused

MOST_RECIPIENTS = 500


class Mail:
    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def send(self, asked: Asked, mailbox: str) -> Answer:
        """Send; 202 says that Exchange has it, not that anybody got it."""
        if isinstance(asked.body, str):
            self._send_mime(asked.body, mailbox)
        else:
            self._send_json(asked.body, mailbox)
        return Answer(status=HTTPStatus.ACCEPTED)

    def _send_json(self, given: Json, mailbox: str) -> None:
        message = given["Message"]
        to = [
            str(each["emailAddress"]["address"])
            for name in ("toRecipients", "ccRecipients", "bccRecipients")
            for each in message.get(name, ())
        ]
        _check(to)
        self._outbox.send(
            "mail",
            to,
            mailbox=mailbox,
            subject=str(message.get("subject", "")),
            content=str(message.get("body", {}).get("content", "")),
            attachments=message.get("attachments", ()),
        )

    def _send_mime(self, given: str, mailbox: str) -> None:
        try:
            mime = base64.b64decode(given, validate=True)
        except (binascii.Error, ValueError):
            raise Refused(
                HTTPStatus.BAD_REQUEST,
                "ErrorMimeContentInvalidBase64String",
                "Invalid base64 string for MIME content.",
            ) from None
        message = message_from_bytes(mime, policy=policy.default)
        headers = [
            str(value) for name in ("to", "cc", "bcc") for value in message.get_all(name, ())
        ]
        to = [address for _, address in getaddresses(headers) if address]
        _check(to)
        self._outbox.send(
            "mail",
            to,
            mailbox=mailbox,
            subject=str(message.get("subject", "")),
            content=_text(message),
            mime=mime,
        )


def _check(to: Sequence[str]) -> None:
    if not to:
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            "ErrorInvalidRecipients",
            "At least one recipient is not valid., Recipient is required.",
        )
    if len(to) > MOST_RECIPIENTS or any("@" not in address for address in to):
        raise Refused(
            HTTPStatus.BAD_REQUEST, "ErrorInvalidRecipients", "At least one recipient is wrong."
        )


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    return "" if part is None else str(part.get_content())
