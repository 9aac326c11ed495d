/** The machinery of everything that reaches devices group by group: what follows from an order, and the gates. */
@NullMarked
package dev.muster.staging.command;

import org.jspecify.annotations.NullMarked;
