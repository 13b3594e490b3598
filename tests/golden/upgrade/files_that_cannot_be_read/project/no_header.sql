CREATE TABLE app.one (a int);
