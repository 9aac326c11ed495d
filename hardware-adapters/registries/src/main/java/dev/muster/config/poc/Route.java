package dev.muster.config.poc;

import java.util.List;
import org.springframework.http.HttpMethod;

/** Where a path leads (contract §1.1). */
enum Route {
    REGISTER("POST"),
    POLL("POST"),
    /** Of one agent, whose id is in the path. */
    STATE("GET"),
    TARGET("GET", "PUT"),
    DOCS("GET", "HEAD"),
    OPENAPI("GET", "HEAD");

    /** Value of the header {@code Allow}. */
    final String allow;

    private final List<String> methods;

    Route(String... methods) {
        this.methods = List.of(methods);
        this.allow = String.join(", ", methods);
    }

    boolean takes(HttpMethod method) {
        return methods.contains(method.name());
    }

    /** Whether it tells nothing but what this wire can do. */
    boolean isManual() {
        return this == DOCS || this == OPENAPI;
    }
}
