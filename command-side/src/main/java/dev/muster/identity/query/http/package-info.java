/** Questions about accounts, tokens and rights over HTTP, answered from memory. */
@NullMarked
package dev.muster.identity.query.http;

import org.jspecify.annotations.NullMarked;
