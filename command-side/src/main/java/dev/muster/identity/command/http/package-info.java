/** Orders about accounts, tokens and sessions over HTTP. */
@NullMarked
package dev.muster.identity.command.http;

import org.jspecify.annotations.NullMarked;
