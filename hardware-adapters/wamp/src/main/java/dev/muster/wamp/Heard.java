package dev.muster.wamp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that a session of this process hears.
 *
 * @param topic under which it was published
 * @param details such as its publisher, if they want to be known
 */
public record Heard(String topic, long publication, Payload payload, Map<String, @Nullable Object> details) {}
