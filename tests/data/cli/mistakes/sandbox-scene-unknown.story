A scene that does not exist.
--- run check --sandbox=scene:fres
--- status 64
--- stderr
error: there is no built-in scene `fres`
hint: did you mean `fresh`?
