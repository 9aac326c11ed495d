/** JSON as Python reads and writes it, without a tree in between. */
@NullMarked
package dev.muster.observe.documents.json;

import org.jspecify.annotations.NullMarked;
