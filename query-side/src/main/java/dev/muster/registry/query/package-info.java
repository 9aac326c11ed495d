/** What every answer needs: threads to look things up on, and patterns. */
@NullMarked
package dev.muster.registry.query;

import org.jspecify.annotations.NullMarked;
