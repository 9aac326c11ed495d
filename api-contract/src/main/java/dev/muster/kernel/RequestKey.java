package dev.muster.kernel;

/**
 * The {@code Idempotency-Key} of the request at hand. Stands in the Reactor context under {@code RequestKey.class} when
 * the caller sent one.
 *
 * @param value 1 to 255 printable ASCII characters
 */
public record RequestKey(String value) {}
