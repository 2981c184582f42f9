#!/usr/bin/python3
"""A small window from which files can be dragged, as from a file manager:

    drag_source.py FILE...

Made with the GTK that zenity brings, without anything between: its window is titled “Drag source”.
"""

import ctypes
import sys
from pathlib import Path

gtk = ctypes.CDLL("libgtk-3.so.0")
gobject = ctypes.CDLL("libgobject-2.0.so.0")
BUTTON1_MASK, COPY = 1 << 8, 1 << 1

for name in ("gtk_window_new", "gtk_event_box_new", "gtk_label_new"):
    getattr(gtk, name).restype = ctypes.c_void_p
for name in ("gtk_window_set_title", "gtk_container_add"):
    getattr(gtk, name).argtypes = [ctypes.c_void_p, ctypes.c_void_p]
gtk.gtk_window_set_default_size.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
gtk.gtk_window_set_decorated.argtypes = [ctypes.c_void_p, ctypes.c_int]
gtk.gtk_window_set_keep_above.argtypes = [ctypes.c_void_p, ctypes.c_int]
gtk.gtk_window_move.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
gtk.gtk_window_set_accept_focus.argtypes = [ctypes.c_void_p, ctypes.c_int]
gtk.gtk_drag_source_set.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
gtk.gtk_drag_source_add_uri_targets.argtypes = [ctypes.c_void_p]
gtk.gtk_selection_data_set_uris.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
gtk.gtk_widget_show_all.argtypes = [ctypes.c_void_p]
Give = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p)
gobject.g_signal_connect_data.argtypes = [ctypes.c_void_p, ctypes.c_char_p, Give, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int]


def main(files):
    uris = [Path(file).resolve().as_uri().encode() for file in files]
    array = (ctypes.c_char_p * (len(uris) + 1))(*uris, None)

    def give(widget, context, selection, info, time, data):
        gtk.gtk_selection_data_set_uris(selection, array)

    gtk.gtk_init(None, None)
    window, box = gtk.gtk_window_new(0), gtk.gtk_event_box_new()
    gtk.gtk_window_set_title(window, ctypes.c_char_p(b"Drag source"))
    gtk.gtk_window_set_default_size(window, 120, 60)
    gtk.gtk_window_set_decorated(window, 0)
    gtk.gtk_window_set_keep_above(window, 1)
    gtk.gtk_window_set_accept_focus(window, 0)
    gtk.gtk_container_add(box, gtk.gtk_label_new(b"Drag these files"))
    gtk.gtk_container_add(window, box)
    gtk.gtk_drag_source_set(box, BUTTON1_MASK, None, 0, COPY)
    gtk.gtk_drag_source_add_uri_targets(box)
    # Kept for as long as the window is there.
    callback = Give(give)
    gobject.g_signal_connect_data(box, b"drag-data-get", callback, None, None, 0)
    gtk.gtk_widget_show_all(window)
    gtk.gtk_main()


if __name__ == "__main__":
    main(sys.argv[1:])
