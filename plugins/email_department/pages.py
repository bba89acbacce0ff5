"""The pages behind a status link: plain HTML without a script, readable aloud, by keyboard and on paper.

Every word that is not ours is escaped. What may be loaded or framed is said by the hub's own headers.
"""

from __future__ import annotations

from html import escape

from hub120_sdk import Response

from plugins.email_department import mapping

Words = tuple[str, str]
_STYLE = (
    "body{font:1.1rem/1.6 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}"
    "button,a.next{display:block;width:100%;box-sizing:border-box;margin:.6rem 0;padding:.8rem;font:inherit;"
    "text-align:left;border:2px solid #114b8a;border-radius:.4rem;background:#fff;color:#114b8a}"
    "button:focus,a:focus,textarea:focus{outline:3px solid #b35900;outline-offset:2px}"
    "textarea{width:100%;box-sizing:border-box;font:inherit}fieldset{border:0;padding:0;margin:1rem 0}"
)


def form(case_number: str, problem: Words | None = None) -> Response:
    """The buttons and the note. The form goes to the very address it was opened with."""
    said = f'<p role="alert"><strong>{_both(problem)}</strong></p>' if problem else ""
    buttons = "".join(
        f'<button type="submit" name="state" value="{state.value}">{_both(words)}</button>'
        for state, words in mapping.BUTTONS.items()
    )
    body = (
        f"{_number(case_number)}{said}<form method=post>"
        f'<p><label for="note">{_both(mapping.NOTE)}</label>'
        f'<textarea id="note" name="note" rows="4" maxlength="{mapping.NOTE_CHARACTERS}"></textarea></p>'
        f"<fieldset><legend>{_both(mapping.ASK)}</legend>{buttons}</fieldset></form>"
    )
    return _page(body, 400 if problem else 200)


def outcome(case_number: str, words: Words, next_address: str, status: int = 200) -> Response:
    """What became of a report, and the link for the next one."""
    body = (
        f'{_number(case_number)}<p role="status"><strong>{_both(words)}</strong></p><p>{_both(mapping.KEEP)}</p>'
        f'<p><a class="next" href="{escape(next_address)}">{_both(mapping.NEXT)}</a></p>'
    )
    return _page(body, status)


def refusal(words: Words, status: int) -> Response:
    """Why nothing can be reported here."""
    return _page(f'<p role="alert"><strong>{_both(words)}</strong></p>', status)


def _page(body: str, status: int) -> Response:
    korean, english = mapping.TITLE
    html = (
        f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{korean} · {english}</title>'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<style>{_STYLE}</style></head><body><main><h1>{_both(mapping.TITLE)}</h1>{body}</main></body></html>"
    )
    return Response(status, html.encode(), "text/html; charset=utf-8")


def _number(case_number: str) -> str:
    return f"<p>{_both(mapping.NUMBER)}: <strong>{escape(case_number)}</strong></p>"


def _both(words: Words) -> str:
    korean, english = words
    return f'{escape(korean)} <span lang="en">· {escape(english)}</span>'
