package dev.muster.observe.cos;

import java.util.List;
import org.springframework.http.HttpMethod;

/** What a path leads to, and what may be done there. */
enum Target {
    HEALTH("GET"),
    DEVICES("GET", "POST"),
    DEVICE("GET", "PUT", "PATCH", "DELETE"),
    CERTIFICATE("GET", "POST", "PATCH"),
    DOCUMENTS("GET", "POST"),
    DOCUMENT("GET", "PUT", "PATCH", "DELETE"),
    SCHEMA("GET"),
    DOCS("GET"),
    DEVICES_PAGE("GET"),
    /** Every method is taken for GET. */
    DEVICE_PAGE("GET"),
    ADMIN("GET"),
    SIGN_IN("GET");

    private final List<String> methods;
    /** The value of {@code Allow}. */
    final String allow;

    Target(String... methods) {
        this.methods = List.of(methods);
        this.allow = String.join(", ", methods) + ", HEAD, OPTIONS";
    }

    /** HEAD works wherever GET does. */
    boolean takes(HttpMethod method) {
        return methods.contains(method.equals(HttpMethod.HEAD) ? "GET" : method.name());
    }

    /** Its own methods, without HEAD and OPTIONS. */
    List<String> methods() {
        return methods;
    }

    /** Pages are for browsers, whatever the request says it accepts. */
    boolean isPage() {
        return compareTo(DOCS) >= 0;
    }
}
