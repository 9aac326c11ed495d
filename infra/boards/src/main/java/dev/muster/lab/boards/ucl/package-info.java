/**
 * A reader of UCL, the language of the lab's configuration files: contract §7.2, nothing of it less or more. It is
 * written for hostile text: each character is looked at a bounded number of times, and all that may grow has a limit.
 */
@NullMarked
package dev.muster.lab.boards.ucl;

import org.jspecify.annotations.NullMarked;
