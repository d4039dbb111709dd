"""Reads the trackers that councils keep in Word, Excel, CSV and web pages: from the bytes of a file to lines with their
questions. It knows no database: who is asked, and what becomes of the answers, is decided above.

    files         takes a file by its content, within bounds          -> the reader of its format
    readers       give the untouched tables                           -> cells.TrackerFile
    layout        finds which rows are headers, lines, groups, feet   -> sections.Section, rows ignored with the reason
                  (headers, records: small tables of labels and values)
    columns       says what each column holds                         -> mapping, with confidence and samples
                  (header_words: the vocabulary; profiles: what the values look like)
    values        periods, words, owners, references ...              -> a value, or a question
    lines         joins and parts lines                               -> drafts.Draft, one for each line
                  (line_values, fields: the values of one line; line_said, line_progress, line_marks: what was
                  answered and done, progress, struck and exempt; fills: colours that tell; part_rows: lettered parts on rows of their own)
    same          tells which lines are of one recommendation         -> its number in the file
    tracker       does all of it: read_tracker(file, answers)         -> reading.Reading, questions asked once
    as_json       writes a reading for other programs
"""
