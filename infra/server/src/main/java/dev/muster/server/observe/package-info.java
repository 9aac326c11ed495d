/** What the observe capability needs of others: contents from the artifact store. */
@NullMarked
package dev.muster.server.observe;

import org.jspecify.annotations.NullMarked;
