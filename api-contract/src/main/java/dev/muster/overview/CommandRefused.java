package dev.muster.overview;

import dev.muster.kernel.Refusal;

/**
 * A command that was answered with no. It belongs to no aggregate; its metadata say who asked.
 *
 * @param command e.g. {@code registry.RegisterDevice}
 * @param target identifier of the aggregate it was meant for
 * @param code the refusal's code
 * @param kind the refusal's kind
 * @param message the refusal's sentence
 */
public record CommandRefused(String command, String target, String code, Refusal.Kind kind, String message) {}
