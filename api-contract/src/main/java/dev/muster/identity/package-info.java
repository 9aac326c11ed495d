/** People, machines and their rights. */
@NullMarked
package dev.muster.identity;

import org.jspecify.annotations.NullMarked;
