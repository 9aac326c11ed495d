/** What the lab needs of the server beside its wiring: people, tokens, tickets, and how it begins. */
@NullMarked
package dev.muster.server.lab;

import org.jspecify.annotations.NullMarked;
