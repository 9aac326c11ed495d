package dev.muster.wamp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that a session of this process hears.
 *
 * @param topic under which it was published
 * @param details in any case {@code publisher}, {@code publisher_authid} and {@code publisher_authrole}, unless the router
 *     itself tells it
 */
public record Heard(String topic, long publication, Payload payload, Map<String, @Nullable Object> details) {}
