package dev.muster.wamp;

import org.jspecify.annotations.Nullable;

/**
 * Who a session is. All but the subject is told to others on the wire.
 *
 * @param session its number, 1 to 2^53
 * @param subject by what this house knows them, such as a device's serial number; null when by nothing else. Who has
 * one is told by the router itself only what happens to URIs of which it is a part
 */
public record Identity(
        long session,
        String realm,
        String authid,
        String authrole,
        String authmethod,
        String authprovider,
        @Nullable String subject) {}
