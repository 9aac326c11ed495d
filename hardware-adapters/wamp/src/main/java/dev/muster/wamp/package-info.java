/**
 * A router of the Web Application Messaging Protocol, version 2 (basic profile and the parts of the advanced one that
 * agents need): sessions subscribe, publish, register and call through it. It knows no device and no app; who may come
 * in and who may do what is asked of {@link dev.muster.wamp.Authenticator} and {@link dev.muster.wamp.Authorizer}, and
 * code of this process takes part through {@link dev.muster.wamp.LocalSession}.
 *
 * <p>All that the router knows changes on one thread, the {@link dev.muster.wamp.SerialLoop}: what is called there is
 * called in order, and needs no locks. Sockets and local sessions hand messages to it and take messages from it, and
 * neither side ever waits for the other.
 */
@NullMarked
package dev.muster.wamp;

import org.jspecify.annotations.NullMarked;
