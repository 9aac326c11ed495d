/** Reads what boards a lab has: the rules of contract §7.1 over the text of §7.2. */
@NullMarked
package dev.muster.lab.boards;

import org.jspecify.annotations.NullMarked;
