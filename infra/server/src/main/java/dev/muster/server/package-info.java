/** The runnable whole: what joins the parts, and nothing that decides. */
@NullMarked
package dev.muster.server;

import org.jspecify.annotations.NullMarked;
