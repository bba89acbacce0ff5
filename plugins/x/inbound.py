"""Account activity: direct messages, reports of what was read, and posts that mention the account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hub120_sdk import Address, AddressKind, Attachment, Context, Delivery, Inbound, Place, Receipt, Request, shapes

from plugins.x import mapping

CAME_BY, PRIVATELY, PUBLICLY = "came_by", "direct message", "post"
"""In ``reply_context``: whether the citizen wrote to us, or about us."""
_MOST_EVENTS = 1_000


def read(context: Context, request: Request) -> list[Inbound | Receipt]:
    """Everything that concerns the hub. Raises ``Unreadable``."""
    body = shapes.mapping(request.json(), required=True)
    return [*_messages(body), *_read(body), *(_posts(body) if context.settings["mentions"] == "yes" else ())]


def _messages(body: Mapping[str, object]) -> Iterator[Inbound]:
    """Direct messages of others: what the account sent comes back to it too."""
    ours = shapes.text(body, "for_user_id")
    for event in shapes.items(body, "direct_message_events", limit=_MOST_EVENTS):
        if shapes.text(event, "type") != "message_create":
            continue
        created = shapes.mapping(event, "message_create", required=True)
        sender = shapes.text(created, "sender_id", required=True)
        if sender != ours:
            yield _message(body, event, created, sender)


def _message(body: Mapping[str, object], event: object, created: Mapping[str, object], sender: str) -> Inbound:
    said = shapes.mapping(created, "message_data", required=True)
    attached = shapes.mapping(said, "attachment")
    media = [attached["media"]] if attached.get("media") is not None else []
    topic = shapes.text(said, "quick_reply_response", "metadata")
    return Inbound(
        provider_id=shapes.text(event, "id", required=True),
        sender=_person(sender, shapes.mapping(body, "users").get(sender)),
        text=_readable(shapes.text(said, "text"), shapes.mapping(said, "entities"), media),
        attachments=tuple(_file(one) for one in media),
        conversation=shapes.text(body, "for_user_id"),
        occurred_at=mapping.time_of(shapes.text(event, "created_timestamp")),
        reply_context={CAME_BY: PRIVATELY},
        topic=topic if len(topic) <= 255 else "",
        place=_place(attached),
    )


def _person(user_id: str, user: object) -> Address:
    name = shapes.text(user, "name")
    return Address(AddressKind.ACCOUNT, user_id, name[:100], verified=True)


def _readable(text: str, entities: Mapping[str, object], media: list[object]) -> str:
    """With the addresses that were written instead of X's short ones, and without those of pictures that come along."""
    for one in shapes.items(entities, "urls"):
        short, written = shapes.text(one, "url"), shapes.text(one, "expanded_url")
        shown = any(shapes.text(picture, "url") == short for picture in media)
        text = text.replace(short, "" if shown else written) if short and (written or shown) else text
    for picture in media:
        text = text.replace(shapes.text(picture, "url") or "\0", "")
    return text.strip()


def _file(media: object) -> Attachment:
    """A picture, or the clearest of a video's versions."""
    variants = [shapes.mapping(one, required=True) for one in shapes.items(media, "video_info", "variants")]
    films = [one for one in variants if shapes.text(one, "content_type") == "video/mp4"]
    if films:
        return Attachment(shapes.text(max(films, key=_bitrate), "url", required=True), "video/mp4")
    return Attachment(shapes.text(media, "media_url_https", required=True), "image/*")


def _bitrate(variant: Mapping[str, object]) -> int:
    rate = variant.get("bitrate")
    return rate if isinstance(rate, int) else 0


def _place(attached: Mapping[str, object]) -> Place | None:
    """A point, which GeoJSON writes east before north."""
    shared = shapes.mapping(attached, "location", "shared_coordinate", "coordinates")
    point = shapes.items(shared, "coordinates")
    return shapes.place(point[1], point[0]) if len(point) == 2 else None


def _read(body: Mapping[str, object]) -> Iterator[Receipt]:
    """Up to which message somebody has read: its id tells when that was sent."""
    for event in shapes.items(body, "direct_message_mark_read_events", limit=_MOST_EVENTS):
        reader = shapes.text(event, "sender_id", required=True)
        until = mapping.time_in(shapes.text(event, "last_read_event_id"))
        if until is not None and reader != shapes.text(body, "for_user_id"):
            yield Receipt(Delivery.READ, to=Address(AddressKind.ACCOUNT, reader, verified=True), until=until)


def _posts(body: Mapping[str, object]) -> Iterator[Inbound]:
    """Posts of others that name the account or answer it; passing somebody's post on says nothing of its own."""
    ours = shapes.text(body, "for_user_id")
    for post in shapes.items(body, "tweet_create_events", limit=_MOST_EVENTS):
        told = shapes.mapping(post, required=True)
        author = shapes.text(told, "user", "id_str", required=True)
        if author != ours and told.get("retweeted_status") is None and _is_to(told, ours):
            yield _post(told, author, ours)


def _is_to(post: Mapping[str, object], ours: str) -> bool:
    named = [shapes.text(one, "id_str") for one in shapes.items(_whole(post), "entities", "user_mentions")]
    return ours in {shapes.text(post, "in_reply_to_user_id_str"), *named}


def _whole(post: Mapping[str, object]) -> Mapping[str, object]:
    """A long post has its whole text and entities in a part of its own."""
    return shapes.mapping(post, "extended_tweet") or post


def _post(post: Mapping[str, object], author: str, ours: str) -> Inbound:
    whole = _whole(post)
    media = list(shapes.items(whole, "extended_entities", "media"))
    text = shapes.text(whole, "full_text") or shapes.text(post, "text")
    return Inbound(
        provider_id=shapes.text(post, "id_str", required=True),
        sender=_person(author, post.get("user")),
        text=_readable(text, shapes.mapping(whole, "entities"), media),
        attachments=tuple(_file(one) for one in media),
        conversation=ours,
        language=shapes.text(post, "lang").replace("und", ""),
        occurred_at=mapping.time_of(shapes.text(post, "timestamp_ms")),
        reply_context={CAME_BY: PUBLICLY},
    )
