package dev.muster.updates;

import reactor.core.publisher.Mono;

/**
 * Passwords in the addresses of content that lies elsewhere. Events and views have such an address masked, see
 * {@link UrlMask}; the password is kept apart from history, where it can be changed and forgotten.
 */
public interface UrlPasswords {

    /** Keeps the address' password, durably, instead of one for the same address before; nothing without a password. */
    Mono<Void> keep(RemoteUrl url);

    /**
     * The address as devices need it, from one that may be masked. From memory, so it may be asked on every request.
     * When the password is not known any more the address has its user alone.
     */
    String whole(String url);
}
