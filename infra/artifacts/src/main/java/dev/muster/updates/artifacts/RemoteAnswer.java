package dev.muster.updates.artifacts;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientResponse;

/** What an answer must be to count as the file itself, all of it and as it is. */
final class RemoteAnswer {

    private RemoteAnswer() {}

    /** Throws the refusal when it is not. */
    static void check(HttpClientResponse answer, long sizeMax) {
        int status = answer.status().code();
        if (status / 100 == 3) {
            throw RemoteFaults.unreadable("The other host leads elsewhere (status " + status
                    + "), which is not followed. Give the address that it leads to.");
        }
        if (status != 200) {
            throw RemoteFaults.unreadable("The other host answers with status " + status + ".");
        }
        HttpHeaders headers = answer.responseHeaders();
        // What devices get would be other bytes than those that were counted and hashed, and small answers may be vast.
        if (!only(headers.getAll(HttpHeaderNames.CONTENT_ENCODING), "identity")) {
            throw RemoteFaults.unreadable("The other host sends the file encoded, which it was not asked for.");
        }
        List<String> transfer = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!only(transfer, "chunked")) {
            throw RemoteFaults.unreadable("The other host sends the file in an encoding that is not known here.");
        }
        long length = length(headers.get(HttpHeaderNames.CONTENT_LENGTH));
        if (length < 0 && transfer.isEmpty()) {
            // A broken connection would look like the end.
            throw RemoteFaults.unreadable("The other host does not say how long the file is.");
        }
        if (length > sizeMax) {
            throw StoreFaults.tooLarge(sizeMax);
        }
    }

    private static boolean only(List<String> values, String allowed) {
        return values.stream().allMatch(value -> value.strip().equalsIgnoreCase(allowed));
    }

    /** Bytes; -1 when it is not said. */
    private static long length(@Nullable String header) {
        if (header == null) {
            return -1;
        }
        try {
            return Long.parseLong(header.strip());
        } catch (NumberFormatException e) {
            throw RemoteFaults.unreadable("The other host does not say how long the file is.");
        }
    }
}
