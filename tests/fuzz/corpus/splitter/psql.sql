SELECT 1;
  \i x
COPY t FROM stdin;