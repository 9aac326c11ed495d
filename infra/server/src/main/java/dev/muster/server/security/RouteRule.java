package dev.muster.server.security;

import dev.muster.identity.Permission;

/** Who may take a route. There is no rule that says nothing: what has no row is denied. */
sealed interface RouteRule {

    /** Anyone, and why. */
    record Open(String why) implements RouteRule {}

    /** Whoever is signed in and has the permission. */
    record Needs(Permission permission) implements RouteRule {}

    /** Nobody: there is nothing here, or nobody said who may come. */
    record Denied() implements RouteRule {}
}
